import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { numbersOf } from './page-codec.ts';
import type { PackedRows } from './packed-page.ts';
import type { Patches } from './patches.ts';
import { noPatches } from './patches.ts';

// Part of the caller's transaction over patches and their states.

export async function addPatch(base: BaseDatabase, table: TableName, packed: PackedRows): Promise<void> {
  await base.patches.add({ table, packed });
  const state = (await base.patchStates.get(table)) ?? noPatches(table);
  const { nos } = numbersOf(tables[table], packed);
  await base.patchStates.put({ ...state, patches: state.patches + 1, rows: state.rows + nos.length });
}

/** Notes that these pages have taken in all patches that were read, and drops those that nobody needs any more. */
export async function dropMerged(
  base: BaseDatabase,
  table: TableName,
  patches: Patches,
  pages: readonly number[],
): Promise<void> {
  const { state, open, newest } = patches;
  if (open.length === 0) return;
  for (const page of pages) state.merged.set(page, newest);
  const kept = open.filter((patch) => patches.pagesOf(patch).length > 0);
  await base.patches.bulkDelete(open.filter((patch) => !kept.includes(patch)).map(({ seq }) => seq));
  const oldest = kept[0]?.seq ?? Infinity;
  await base.patchStates.put({
    table,
    patches: kept.length,
    rows: kept.reduce((sum, { nos }) => sum + nos.length, 0),
    merged: new Map([...state.merged].filter(([, seq]) => seq >= oldest)),
  });
}
