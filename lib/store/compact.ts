import type { TableName } from '#lib/tables/index.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { logChange } from './change-log.ts';
import { foldNames } from './fold-names.ts';
import { encodePage } from './page-codec.ts';
import { readPatches } from './patches.ts';
import { writePage } from './write-page.ts';
import { dropMerged } from './write-patches.ts';

/** What level two may hold of one table: a manager reads all of it before its first page. */
const MOST_ROWS = 8192;
const MOST_PATCHES = 128;
/** Pages written in one transaction, which readers of pages wait for. */
const STEP_PAGES = 4;

/**
 * Moves rows of level two into their pages and folds names, one transaction a step, when there are many.
 * Stops between two steps once `shouldStop` says so; the next call goes on when there still are many.
 */
export async function compact(base: BaseDatabase, shouldStop: () => boolean): Promise<void> {
  for (const table of tableNames) {
    const state = await base.patchStates.get(table);
    if (state === undefined || (state.rows <= MOST_ROWS && state.patches <= MOST_PATCHES)) continue;
    while (!shouldStop() && (await compactStep(base, table)));
  }
  if (!shouldStop()) await foldNames(base);
}

/**
 * Some pages of the oldest patch take in all that level two has of them; false when there is nothing left. The oldest
 * first, so that patches go however fast new ones come.
 */
export async function compactStep(base: BaseDatabase, table: TableName): Promise<boolean> {
  return base.transaction('rw', [base.pages, base.patches, base.patchStates, base.changes], async () => {
    const patches = await readPatches(base, table);
    const oldest = patches.open[0];
    if (oldest === undefined) return false;
    const pages = patches.pagesOf(oldest).slice(-STEP_PAGES);
    for (const page of pages) {
      await writePage(base, table, encodePage(tables[table], page, []), true, patches.rowsOfPage(page));
    }
    await dropMerged(base, table, patches, pages);
    await logChange(base, table, pages, []);
    return true;
  });
}
