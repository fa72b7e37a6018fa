import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { sellers } from '#lib/tables/sellers.ts';
import { activity } from '#lib/tables/activity.ts';
import { BaseDatabase } from './base-database.ts';
import { highestPage, readPageRange } from './base-reads.ts';
import { encodePage } from './page-codec.ts';

test('pages are found by number without being listed', async () => {
  const base = new BaseDatabase('reads', 1);
  expect(await highestPage(base, 'sellers', Infinity)).toBe(null);
  expect(await readPageRange(base, 'sellers', 0, 10)).toEqual([]);
  for (const page of [0, 1, 5, 9])
    await base.pages.put({ table: 'sellers', page, packed: encodePage(sellers, page, []) });
  await base.pages.put({ table: 'activity', page: 70, packed: encodePage(activity, 70, []) });
  const highest = async (below: number) => highestPage(base, 'sellers', below);
  expect(await Promise.all([Infinity, 10, 9, 5, 1, 0, -3].map(highest))).toEqual([9, 9, 5, 1, 0, null, null]);
  const range = async (from: number, to: number) =>
    (await readPageRange(base, 'sellers', from, to)).map(({ page }) => page);
  expect(await range(0, 10)).toEqual([9, 5, 1, 0]);
  expect(await range(1, 9)).toEqual([5, 1]);
  expect(await range(2, 5)).toEqual([]);
  base.close();
});
