import type { TableName } from '#lib/tables/index.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { logChange } from './change-log.ts';
import { foldNames } from './fold-names.ts';
import { encodePage } from './page-codec.ts';
import { PAGE_ROWS } from './types.ts';
import { writePage } from './write-page.ts';

/** Row records that level two may hold of one table: reading them all takes a manager some 50 ms. */
const MOST_ROWS = 4096;

/**
 * Moves row records into their pages and folds names, one transaction a step, when there are many.
 * Stops between two steps once `shouldStop` says so; the next call goes on.
 */
export async function compact(base: BaseDatabase, shouldStop: () => boolean): Promise<void> {
  for (const table of tableNames) {
    if ((await rowsOf(base, table).count()) <= MOST_ROWS) continue;
    while (!shouldStop() && (await compactStep(base, table)));
  }
  if (!shouldStop()) await foldNames(base);
}

/** Empties level two of the highest page that has row records; false when there is none. */
export async function compactStep(base: BaseDatabase, table: TableName): Promise<boolean> {
  return base.transaction('rw', [base.pages, base.rows, base.changes], async () => {
    const last = await rowsOf(base, table).last();
    if (last === undefined) return false;
    const page = Math.floor(last.no / PAGE_ROWS);
    await writePage(base, table, encodePage(tables[table], page, []));
    await logChange(base, table, [page], []);
    return true;
  });
}

function rowsOf(base: BaseDatabase, table: TableName) {
  return base.rows.where('[table+no]').between([table, -Infinity], [table, Infinity]);
}
