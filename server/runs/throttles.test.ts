import { expect, it } from 'vitest';
import { createThrottles } from './throttles.ts';

it('holds each source for the longest time that was asked for, and then no longer', () => {
  let now = 0;
  const throttles = createThrottles(() => now);
  expect(throttles.left('one')).toBe(0);
  throttles.hold('one', 1000);
  throttles.hold('one', 200);
  expect([throttles.left('one'), throttles.left('other')]).toEqual([1000, 0]);
  now = 900;
  throttles.hold('one', 300);
  expect(throttles.left('one')).toBe(300);
  now = 5000;
  expect(throttles.left('one')).toBe(0);
});
