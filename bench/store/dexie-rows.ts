import { Dexie, type Table } from 'dexie';
import type { PullAnswer } from '#lib/protocol/pull.ts';

/** The usual way: a record per row, with indexes for what a list sorts and looks up by. */
export class RowsDatabase extends Dexie {
  declare readonly sellers: Table<Record<string, unknown>, number>;
  declare readonly cursors: Table<{ table: string; cursor: string }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
    this.version(1).stores({ sellers: 'no, normalized_name, feedback_count, updated_at', cursors: 'table' });
  }
}

/** Rows and cursor in one transaction, rows as they came: no checks and no conversion are asked of it. */
export async function applyToRows(database: RowsDatabase, answer: PullAnswer): Promise<void> {
  await database.transaction('rw', database.sellers, database.cursors, async () => {
    await database.sellers.bulkPut(answer.items);
    await database.cursors.put({ table: 'sellers', cursor: answer.next_cursor });
  });
}
