import { expect, it } from 'vitest';
import { createTokenBuckets } from './token-buckets.ts';

it('gives as many as a minute has at once, then one as often as they refill, for each key by itself', () => {
  let now = 0;
  const buckets = createTokenBuckets(60, () => now);
  for (let each = 0; each < 60; each++) {
    expect(buckets.waitMs('a')).toBe(0);
    buckets.take('a');
  }
  expect([buckets.waitMs('a'), buckets.waitMs('b')]).toEqual([1000, 0]);
  now += 1000;
  expect(buckets.waitMs('a')).toBe(0);
  buckets.take('a');
  now += 3_600_000;
  for (let each = 0; each < 60; each++) buckets.take('a');
  expect(buckets.waitMs('a')).toBe(1000);
});

it('forgets what was used longest ago rather than grow, and takes no longer for it', () => {
  const buckets = createTokenBuckets(60, () => 0);
  for (let each = 0; each < 100_000; each++) {
    buckets.take(`key ${each}`);
    buckets.take('always');
  }
  expect([buckets.has('key 0'), buckets.has('key 99999'), buckets.has('always')]).toEqual([false, true, true]);
  buckets.forget('always');
  expect(buckets.has('always')).toBe(false);
});
