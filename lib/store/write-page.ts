import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import type { PackedPage } from './packed-page.ts';
import { decodeColumn, decodeRows, encodePage } from './page-codec.ts';
import type { StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

/**
 * Puts freshly packed rows of a page together with what level one and two have of it, and empties level
 * two there. Of one row the highest version stays; deleted rows go. Part of the caller's transaction over
 * pages and rows.
 */
export async function writePage(base: BaseDatabase, table: TableName, fresh: PackedPage): Promise<void> {
  const { page } = fresh;
  const range = base.rows
    .where('[table+no]')
    .between([table, page * PAGE_ROWS], [table, (page + 1) * PAGE_ROWS], true, false);
  const [stored, records] = await Promise.all([base.pages.get([table, page]), range.toArray()]);
  const isLive = decodeColumn(tables[table], fresh, 'deleted_at').every((time) => time === null);
  if (stored === undefined && records.length === 0 && isLive) {
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
