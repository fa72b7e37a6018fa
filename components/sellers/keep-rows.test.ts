import { expect, it } from 'vitest';
import type { SellerRow } from '#lib/query/query.ts';
import { keepRows } from './keep-rows.ts';

const row = (no: number, times_seen = 1) => ({ no, times_seen, note: null }) as unknown as SellerRow;

it('keeps rows that are as they were, wherever they are now', () => {
  const before = [row(1), row(2), row(3)];
  const after = keepRows(before, [row(4), row(1), row(2, 5)]);
  expect(after).toEqual([row(4), row(1), row(2, 5)]);
  expect(after[1]).toBe(before[0]);
  expect(after[2]).not.toBe(before[1]);
});
