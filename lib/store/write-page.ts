import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import type { PackedPage } from './packed-page.ts';
import { decodeColumn, decodeRows, encodePage } from './page-codec.ts';
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
  const packed = mergedPage(table, page, stored === undefined ? [] : decodeRows(tables[table], stored.packed), [
    ...patched,
    ...decodeRows(tables[table], fresh),
  ]);
  if (packed === null) await base.pages.delete([table, page]);
  else await base.pages.put({ table, page, packed });
}

function mergedPage(
  table: TableName,
  page: number,
  stored: readonly StoredRow[],
  incoming: readonly StoredRow[],
): PackedPage | null {
  const byNo = new Map(stored.map((row) => [row.no, row]));
  for (const row of incoming) {
    const before = byNo.get(row.no);
    if (before === undefined || before.version <= row.version) byNo.set(row.no, row);
  }
  const live = [...byNo.values()].filter((row) => row.deleted_at === null);
  return live.length === 0 ? null : encodePage(tables[table], page, live);
}
