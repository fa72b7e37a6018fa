import type { Transaction } from 'dexie';
import { tableNames, tables } from '#lib/tables/index.ts';
import { encodeRows, rowsToColumns } from './page-codec.ts';
import type { PatchState, StoredRow } from './types.ts';

/** Rows of level two as version 1 of the base kept them, each in a record of its own, into a patch for each table. */
export async function toPatches(transaction: Transaction): Promise<void> {
  const records = (await transaction.table('rows').toArray()) as { table: string; row: StoredRow }[];
  for (const table of tableNames) {
    const rows = records.filter((record) => record.table === table).map(({ row }) => row);
    if (rows.length === 0) continue;
    const packed = encodeRows(tables[table], rowsToColumns(tables[table], rows), [...rows.keys()], 'inside');
    await transaction.table('patches').add({ table, packed });
    const state: PatchState = { table, patches: 1, rows: rows.length, merged: new Map() };
    await transaction.table('patchStates').put(state);
  }
}
