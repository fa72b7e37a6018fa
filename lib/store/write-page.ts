import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import type { AnyRow } from './pack-column.ts';
import type { PackedPage } from './packed-page.ts';
import { decodeRows, encodePage } from './page-codec.ts';
import type { StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

/**
 * Packs wire rows of one page together with what level one and two have of it, and empties level two
 * there. Of one row the highest version stays; deleted rows go. Part of the caller's transaction over
 * pages and rows.
 */
export async function writePage(
  base: BaseDatabase,
  table: TableName,
  page: number,
  wireRows: readonly AnyRow[],
): Promise<void> {
  const range = base.rows
    .where('[table+no]')
    .between([table, page * PAGE_ROWS], [table, (page + 1) * PAGE_ROWS], true, false);
  const [stored, records] = await Promise.all([base.pages.get([table, page]), range.toArray()]);
  const fresh = encodePage(tables[table], page, wireRows, 'wire');
  if (stored === undefined && records.length === 0 && wireRows.every((row) => row['deleted_at'] === null)) {
    await base.pages.put({ table, page, packed: fresh });
    return;
  }
  const incoming = [...records.map(({ row }) => row), ...decodeRows(tables[table], fresh)];
  const packed = mergedPage(
    table,
    page,
    stored === undefined ? [] : decodeRows(tables[table], stored.packed),
    incoming,
  );
  if (packed === null) await base.pages.delete([table, page]);
  else await base.pages.put({ table, page, packed });
  if (records.length > 0) await range.delete();
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
