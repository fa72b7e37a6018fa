import { Dexie, type Collection, type Table } from 'dexie';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { ListQuery, QuerySubject } from './subject.ts';

type Row = WireSeller & { fewest: number };

/** Descending with names ascending, which no index can be read as: the number is stored with its sign turned. */
const indexes: Readonly<Record<string, { index: string; turned: boolean }>> = {
  no: { index: 'no', turned: false },
  normalized_name: { index: 'normalized_name', turned: false },
  feedback_count: { index: '[fewest+normalized_name]', turned: true },
  updated_at: { index: 'updated_at', turned: false },
};

/** A record per row: orders by index, windows by offset and limit, and a look at every row where no index helps. */
export function createDexieRows(): QuerySubject {
  const database = new Dexie('bench-rows', { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
  database.version(1).stores({ sellers: 'no, normalized_name, [fewest+normalized_name], updated_at' });
  const sellers: Table<Row, number> = database.table('sellers');
  const put = async (rows: readonly unknown[]): Promise<void> => {
    await sellers.bulkPut((rows as WireSeller[]).map((row) => ({ ...row, fewest: -(row.feedback_count ?? 0) })));
  };

  function ordered({ column, order }: ListQuery['sort']): Collection<Row, number> {
    const { index, turned } = indexes[column] ?? { index: 'no', turned: false };
    const all = sellers.orderBy(index);
    return (order === 'desc') === turned ? all : all.reverse();
  }

  return {
    async fill(answers) {
      for (const { items } of answers) await put(items);
    },
    open: async () => void (await database.open()),
    async list(query, from, to) {
      const search = query.search.toLowerCase();
      if (search === '' && !query.flagged) {
        const [total, rows] = await Promise.all([
          sellers.count(),
          ordered(query.sort)
            .offset(from)
            .limit(to - from)
            .toArray(),
        ]);
        return { total, nos: rows.map(({ no }) => no) };
      }
      const fits = (row: Row): boolean => row.normalized_name.includes(search) && (!query.flagged || row.flagged);
      const nos = await ordered(query.sort).filter(fits).primaryKeys();
      const rows = await sellers.bulkGet(nos.slice(from, to));
      return { total: nos.length, nos: rows.flatMap((row) => row?.no ?? []) };
    },
    pull: ({ items }) => put(items),
    flag: async (nos) => void (await sellers.bulkUpdate(nos.map((key) => ({ key, changes: { flagged: true } })))),
    close: () => Promise.resolve(database.close()),
  };
}
