import { expect, it } from 'vitest';
import { createAllowance } from './create-allowance.ts';

it('gives so much a second and never more than that at once', () => {
  let now = 0;
  const allowance = createAllowance(10, () => now);
  expect([allowance.take(4), allowance.left(), allowance.take(20), allowance.take(1)]).toEqual([4, 6, 6, 0]);
  now = 250;
  expect([allowance.take(5), allowance.left()]).toEqual([2, 0]);
  now = 60_000;
  expect(allowance.left()).toBe(10);
});
