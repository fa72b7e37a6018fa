import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import type { PackedPage } from './packed-page.ts';
import type { AnyColumns } from './page-codec.ts';
import { decodeColumn, decodeColumns, encodeColumns, rowsToColumns } from './page-codec.ts';
import type { StoredRow } from './types.ts';

/**
 * Puts freshly packed rows of a page together with what level one (where it `mayBeStored`) and two (`patched`) have of it. Of one row the
 * highest version stays; deleted rows go. Part of the caller's transaction over pages.
 */
export async function writePage(
  base: BaseDatabase,
  table: TableName,
  fresh: PackedPage,
  mayBeStored: boolean,
  patched: readonly StoredRow[],
): Promise<void> {
  const { page } = fresh;
  const stored = mayBeStored ? await base.pages.get([table, page]) : undefined;
  const isLive = decodeColumn(tables[table], fresh, 'deleted_at').every((time) => time === null);
  if (stored === undefined && patched.length === 0 && isLive) {
    await base.pages.put({ table, page, packed: fresh });
    return;
  }
  const packed = mergedPage(table, page, [
    stored === undefined ? {} : decodeColumns(tables[table], stored.packed),
    rowsToColumns(tables[table], patched),
    decodeColumns(tables[table], fresh),
  ]);
  if (packed === null) await base.pages.delete([table, page]);
  else await base.pages.put({ table, page, packed });
}

/** By columns from one page to the next: a row never becomes an object. Of two rows of one version the later one stays. */
function mergedPage(table: TableName, page: number, parts: readonly AnyColumns[]): PackedPage | null {
  const all: Record<string, unknown[]> = {};
  for (const name of tables[table].columnNames) all[name] = parts.flatMap((columns) => columns[name] ?? []);
  const { no = [], version = [], deleted_at: deleted = [] } = all;
  const newest = new Map<unknown, number>();
  no.forEach((number, at) => {
    const before = newest.get(number);
    if (before === undefined || Number(version[before]) <= Number(version[at])) newest.set(number, at);
  });
  const live = [...newest.values()].filter((at) => deleted[at] === null);
  return live.length === 0 ? null : encodeColumns(tables[table], page, all, live, 'inside');
}
