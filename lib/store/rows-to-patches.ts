import type { Transaction } from 'dexie';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { encodeRows, rowsToColumns } from './page-codec.ts';
import type { PatchState, StoredRow } from './types.ts';

/**
 * Rows of level two as version 1 of the base kept them, each in a record of its own, into a patch for each table. Where
 * they have other columns than this program's tables the base is emptied, and so given up and pulled again.
 */
export async function toPatches(transaction: Transaction): Promise<void> {
  const records = (await transaction.table('rows').toArray()) as { table: string; row: StoredRow }[];
  try {
    for (const table of tableNames) {
      const rows = records.filter((record) => record.table === table).map(({ row }) => row);
      if (rows.length > 0) await addRows(transaction, table, rows);
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    for (const name of ['pages', 'patches', 'patchStates', 'shards', 'segments', 'cursors', 'changes'])
      await transaction.table(name).clear();
  }
}

async function addRows(transaction: Transaction, table: TableName, rows: readonly StoredRow[]): Promise<void> {
  const packed = encodeRows(tables[table], rowsToColumns(tables[table], rows), [...rows.keys()], 'inside');
  await transaction.table('patches').add({ table, packed });
  const state: PatchState = { table, patches: 1, rows: rows.length, merged: new Map() };
  await transaction.table('patchStates').put(state);
}
