import { expect, it } from 'vitest';
import { contract } from './contract.ts';

const id = '10000000-0000-4000-8000-000000000001';
const changeAt = (edited_at: number): unknown => ({
  id,
  action: 'add',
  sellers: [{ name: 'someone', feedback_percent: null, feedback_count: null }],
  edited_at,
});
const mutationAt = (edited_at: number): unknown => ({
  mutations: [{ id, table: 'sellers', op: 'delete', targets: [{ id, no: 1 }], data: {}, edited_at }],
});

it.each([0, 1_700_000_000_000, 8.64e15])('takes an edit made at %d', (at) => {
  expect(contract['marks.change'].input.safeParse(changeAt(at)).success).toBe(true);
  expect(contract.mutate.input.safeParse(mutationAt(at)).success).toBe(true);
});

it.each([-1, 8.64e15 + 1, 9e15, 0.5, Infinity, Number.NaN])('takes no edit made at %d', (at) => {
  expect(contract['marks.change'].input.safeParse(changeAt(at)).success).toBe(false);
  expect(contract.mutate.input.safeParse(mutationAt(at)).success).toBe(false);
});
