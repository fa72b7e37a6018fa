import { chunk } from '#lib/shared/chunk.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { decodeRows } from './page-codec.ts';
import { readPatches } from './patches.ts';
import type { PageRecord, StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

/** Rows of level two; reading all of them at once is for tables that have few. */
export interface ChangedRows {
  /** Those numbered `from` to `to` (exclusive), tombstones included. */
  between(from: number, to: number): StoredRow[];
}

/** Numbers of the packed pages, highest first. Chromium reads the pages themselves for it: for small tables. */
export async function pageNumbers(base: BaseDatabase, table: TableName): Promise<number[]> {
  const keys = await base.pages.where('[table+page]').between([table, -Infinity], [table, Infinity]).primaryKeys();
  return keys.map(([, page]) => page).toReversed();
}

/** The highest page number below `below` that has a page, or null. */
export async function highestPage(base: BaseDatabase, table: TableName, below: number): Promise<number | null> {
  const pages = base.pages.where('[table+page]').between([table, -Infinity], [table, below], true, false);
  const key = (await pages.lastKey()) as unknown as [string, number] | undefined;
  return key?.[1] ?? null;
}

/** Pages `from` to `to` (exclusive) that there are, highest first. */
export async function readPageRange(
  base: BaseDatabase,
  table: TableName,
  from: number,
  to: number,
): Promise<PageRecord[]> {
  const records = await base.pages.where('[table+page]').between([table, from], [table, to], true, false).toArray();
  return records.toReversed();
}

export async function readPages(base: BaseDatabase, table: TableName, pages: readonly number[]): Promise<PageRecord[]> {
  const records = await base.pages.bulkGet(pages.map((page): [string, number] => [table, page]));
  return records.filter((record) => record !== undefined);
}

/** All rows of level two, tombstones included. */
export async function readRows(base: BaseDatabase, table: TableName): Promise<StoredRow[]> {
  return base.transaction('r', base.patches, base.patchStates, async () =>
    (await readPatches(base, table)).rows(0, Infinity),
  );
}

/** Rows of level two as they are now, to be unpacked later. */
export async function readChangedRows(base: BaseDatabase, table: TableName): Promise<ChangedRows> {
  const patches = await base.transaction('r', base.patches, base.patchStates, () => readPatches(base, table));
  return { between: (from, to) => patches.rows(from, to) };
}

export async function readRowsOf(base: BaseDatabase, table: TableName, nos: readonly number[]): Promise<StoredRow[]> {
  const wanted = new Set(nos);
  return base.transaction('r', base.patches, base.patchStates, async () =>
    (await readPatches(base, table)).rows(0, Infinity, (no) => wanted.has(no)),
  );
}

/** Live rows with these numbers. Both levels in one transaction: between two, compaction could move a row from one to the other. */
export async function readByNo(base: BaseDatabase, table: TableName, nos: readonly number[]): Promise<StoredRow[]> {
  return base.transaction('r', base.patches, base.patchStates, base.pages, async () => {
    const changed = new Map((await readRowsOf(base, table, nos)).map((row) => [row.no, row]));
    const offsetsByPage = Map.groupBy(
      nos.filter((no) => no >= 0 && !changed.has(no)),
      (no) => Math.floor(no / PAGE_ROWS),
    );
    const rows = [...changed.values()].filter((row) => row.deleted_at === null);
    // A few pages at a time: a page of sellers is some 60 kB, and the numbers may lie on all of them.
    for (const pages of chunk([...offsetsByPage.keys()], 32)) {
      for (const { page, packed } of await readPages(base, table, pages)) {
        const offsets = (offsetsByPage.get(page) ?? []).map((no) => no - page * PAGE_ROWS);
        rows.push(...decodeRows(tables[table], packed, offsets));
      }
    }
    return rows;
  });
}
