import type { RxCollection, RxDatabase } from 'rxdb';
import { createRxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { Column } from '#lib/tables/columns.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { Subject } from './subject.ts';

type Collections = {
  sellers: RxCollection<WireSeller>;
  cursors: RxCollection<{ table: string; cursor: string }>;
};

/** RxDB on its free storage for browsers, by its calls for many documents (rxdb.info/nosql-performance-tips.html). */
export function createRxdb(): Subject {
  let read: RxDatabase<Collections>;
  let target: RxDatabase<Collections>;

  async function store(answer: PullAnswer, write: 'bulkInsert' | 'bulkUpsert'): Promise<void> {
    const { error } = await target.collections.sellers[write](answer.items as WireSeller[]);
    if (error[0] !== undefined) throw new Error(`RxDB refused ${error.length} rows, ${error[0].documentId} first`);
    // Collections share no transaction; its own replication writes its checkpoint after the rows too.
    await target.collections.cursors.upsert({ table: 'sellers', cursor: answer.next_cursor });
  }

  const one = async (selector: Partial<WireSeller>, index: string): Promise<WireSeller | undefined> =>
    (await read.collections.sellers.findOne({ selector, index: [index] }).exec())?.toMutableJSON();

  return {
    async open() {
      read = await openDatabase('sellers-1');
      target = read;
    },
    fill: (answer: PullAnswer) => store(answer, 'bulkInsert'),
    filled: () => Promise.resolve(),
    change: (answer: PullAnswer) => store(answer, 'bulkUpsert'),
    point: (no) => one({ no }, 'no'),
    async lookup(names) {
      // `$in` reads the whole index on this storage: one query a name is quicker.
      const rows = await Promise.all(names.map((name) => one({ normalized_name: name }, 'normalized_name')));
      return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.normalized_name, row]])));
    },
    range: async (from, to) => {
      const query = { selector: { no: { $gte: from, $lt: to } }, sort: [{ no: 'asc' as const }], index: ['no'] };
      return (await read.collections.sellers.find(query).exec()).map((row) => row.toMutableJSON());
    },
    expected: (row) => row,
    async beginRebuild() {
      target = await openDatabase('sellers-2');
    },
    async endRebuild() {
      await read.remove();
      read = target;
    },
    close: async () => void (await read.close()),
  };
}

export async function openDatabase(name: string): Promise<RxDatabase<Collections>> {
  const database = await createRxDatabase<Collections>({
    name,
    storage: getRxStorageDexie(),
    multiInstance: false,
    allowSlowCount: true,
  });
  await database.addCollections({
    sellers: { schema: sellersSchema() },
    cursors: {
      schema: {
        version: 0,
        primaryKey: 'table',
        type: 'object',
        properties: { table: { type: 'string', maxLength: 40 }, cursor: { type: 'string' } },
        required: ['table', 'cursor'],
      },
    },
  });
  return database;
}

/** A primary key must be text. Indexes: as the other peers have, and the row number. */
function sellersSchema() {
  const types = { id: 'string', text: 'string', choice: 'string', time: 'string', json: 'object' } as const;
  const more = { integer: 'integer', decimal: 'number', boolean: 'boolean' } as const;
  const properties = Object.entries<Column>(sellers.columns).map(([name, { kind, nullable }]) => {
    const type = { ...types, ...more }[kind];
    return [name, { type: nullable && name !== 'feedback_count' ? [type, 'null'] : type }] as const;
  });
  const number = { type: 'integer', minimum: 0, maximum: 2 ** 31, multipleOf: 1 };
  return {
    version: 0,
    primaryKey: 'id' as const,
    type: 'object' as const,
    properties: {
      ...Object.fromEntries(properties),
      id: { type: 'string', maxLength: 36 },
      normalized_name: { type: 'string', maxLength: 100 },
      updated_at: { type: 'string', maxLength: 24 },
      feedback_count: number,
      no: number,
    } as Record<keyof WireSeller, object>,
    required: ['id', 'no', 'normalized_name', 'feedback_count', 'updated_at'] as const,
    indexes: ['no', 'normalized_name', 'feedback_count', 'updated_at'],
  };
}
