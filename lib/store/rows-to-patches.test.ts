import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { anyRows } from '#tests/helpers/any-rows.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';
import fc from 'fast-check';
import { BaseDatabase, baseName } from './base-database.ts';
import { compactStep } from './compact.ts';
import { encodePage } from './page-codec.ts';
import { readTableOf } from './read-table.ts';
import type { StoredRow } from './types.ts';

const seller = (no: number, version: number, change: Parameters<typeof wireSeller>[2] = {}): StoredRow =>
  rowFromWire(sellers, wireSeller(no, version, change)) as StoredRow;

/** A base as 0.1.0 made it: three sellers in a page, `rows` in level two. */
async function oldBase(key: string, rows: readonly { table: string; row: Record<string, unknown> }[]): Promise<void> {
  const old = new Dexie(baseName(key, 1));
  old.version(1).stores({
    pages: '[table+page]',
    rows: '[table+no]',
    shards: 'shard',
    segments: '++seq',
    cursors: 'table',
    changes: '++seq',
  });
  const packed = encodePage(sellers, 0, [seller(1, 1), seller(2, 2), seller(3, 3)]);
  await old.table('pages').put({ table: 'sellers', page: 0, packed });
  await old.table('cursors').put({ table: 'sellers', cursor: 'c', complete: true });
  await old.table('rows').bulkPut(rows.map(({ table, row }) => ({ table, no: row['no'], row })));
  old.close();
}

it('keeps changed and deleted rows of every table of a base of 0.1.0', async () => {
  const [run] = fc.sample(
    anyRows(collectionRuns).filter((rows) => rows.length > 0),
    1,
  )[0] ?? [{}];
  const live = { ...run, no: 7, version: 5, deleted_at: null };
  await oldBase('old', [
    { table: 'sellers', row: seller(2, 4, { note: 'changed' }) },
    { table: 'sellers', row: seller(3, 5, { deleted_at: new Date(5).toISOString() }) },
    { table: 'collection-runs', row: live },
  ]);
  const base = new BaseDatabase('old', 1);
  const expected = [seller(2, 4, { note: 'changed' }), seller(1, 1)];
  expect(await readTableOf(base, 'sellers')).toEqual(expected);
  expect(await readTableOf(base, 'collection-runs')).toEqual([live]);
  for (const table of ['sellers', 'collection-runs'] as const) while (await compactStep(base, table));
  expect(await base.patches.count()).toBe(0);
  expect(await readTableOf(base, 'sellers')).toEqual(expected);
  expect(await readTableOf(base, 'collection-runs')).toEqual([live]);
  base.close();
});

it('empties a base whose rows have other columns, so that it is pulled again', async () => {
  const { note: _gone, ...short } = seller(2, 4);
  await oldBase('other', [{ table: 'sellers', row: short }]);
  const base = new BaseDatabase('other', 1);
  expect(await Promise.all([base.pages, base.patches, base.cursors].map((store) => store.count()))).toEqual([0, 0, 0]);
  base.close();
});
