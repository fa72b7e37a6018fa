import { expect, test } from 'vitest';
import { orderOf } from './run-order.ts';

const who = { userId: 'u' };
const id = 'ab0c3d5e-7d0f-4d2c-8a52-5a7b1b2f6a01';

test('is the same whether ids are written in capitals or not, and another for another request', () => {
  const order = orderOf(who, { id, only: 'failed' }, { rerun_of: id });
  expect(order.id).toBe(id);
  expect(orderOf(who, { id: id.toUpperCase(), only: 'failed' }, { rerun_of: id.toUpperCase() })).toEqual(order);
  expect(orderOf(who, { id, only: 'failed' }).hash).not.toBe(order.hash);
  expect(orderOf({ userId: 'v' }, { id, only: 'failed' }, { rerun_of: id }).hash).not.toBe(order.hash);
});
