import { expect, it } from 'vitest';
import { readEngineOptions } from './run-deps.ts';

it('takes the length of a lease from the environment, and none that a busy moment would lose', () => {
  const lease = (value?: string) => readEngineOptions({ SELLERDEX_LEASE_MS: value }).leaseMs;
  expect([undefined, '4000', '3000', '2999', '-1', 'soon', ''].map(lease)).toEqual([
    12_000, 4000, 3000, 12_000, 12_000, 12_000, 12_000,
  ]);
});
