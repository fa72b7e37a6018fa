import { Dexie, type Table } from 'dexie';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Subject } from './subject.ts';

/** The usual way: a record per row, with indexes for what a list sorts and looks up by. */
class RowsDatabase extends Dexie {
  declare readonly sellers: Table<WireSeller, number>;
  declare readonly cursors: Table<{ table: string; cursor: string }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
    this.version(1).stores({ sellers: 'no, normalized_name, feedback_count, updated_at', cursors: 'table' });
  }
}

export function createDexieRows(): Subject {
  let read = new RowsDatabase('rows-1');
  let target = read;

  /** Rows and cursor in one transaction, rows as they came: no checks and no conversion are asked of it. */
  async function store({ items, next_cursor }: PullAnswer): Promise<void> {
    await target.transaction('rw', target.sellers, target.cursors, async () => {
      await target.sellers.bulkPut(items as WireSeller[]);
      await target.cursors.put({ table: 'sellers', cursor: next_cursor });
    });
  }

  return {
    open: async () => void (await read.open()),
    fill: store,
    filled: () => Promise.resolve(),
    change: store,
    point: (no) => read.sellers.get(no),
    lookup: async (names) =>
      new Map(
        (await read.sellers.where('normalized_name').anyOf(names).toArray()).map((row) => [row.normalized_name, row]),
      ),
    range: (from, to) => read.sellers.where('no').between(from, to, true, false).toArray(),
    expected: (row) => row,
    async beginRebuild() {
      target = new RowsDatabase('rows-2');
      await target.open();
    },
    async endRebuild() {
      await read.delete();
      read = target;
    },
    close: () => Promise.resolve(read.close()),
  };
}
