import type { MangoQuery } from 'rxdb';
import { openDatabase } from '#bench/store/rxdb-dexie.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { ListQuery, QuerySubject } from './subject.ts';

/** RxDB on its free storage for browsers: one query for the window, one for the number of matches. */
export function createRxdb(): QuerySubject {
  let opened: ReturnType<typeof openDatabase> | null = null;
  const open = () => (opened ??= openDatabase('bench-query'));
  const collection = async () => (await open()).collections.sellers;

  function queryOf({ search, flagged, sort }: ListQuery): MangoQuery<WireSeller> {
    const text = search.toLowerCase().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return {
      selector: {
        ...(search === '' ? {} : { normalized_name: { $regex: text } }),
        ...(flagged ? { flagged: true } : {}),
      },
      // Without the ties there is an index for each; with them only where they cannot be.
      sort: [
        { [sort.column]: sort.order },
        ...(sort.column === 'feedback_count' ? [{ normalized_name: 'asc' }] : []),
      ] as NonNullable<MangoQuery<WireSeller>['sort']>,
    };
  }

  return {
    async fill(answers) {
      const sellers = await collection();
      for (const { items } of answers) await sellers.bulkInsert(items as WireSeller[]);
    },
    open: async () => void (await open()),
    async list(query, from, to) {
      const sellers = await collection();
      const { selector = {}, sort = [] } = queryOf(query);
      const total = await sellers.count({ selector }).exec();
      const rows = await sellers.find({ selector, sort, skip: from, limit: to - from }).exec();
      return { total, nos: rows.map(({ no }) => no) };
    },
    pull: async ({ items }) => void (await (await collection()).bulkUpsert(items as WireSeller[])),
    async flag(nos) {
      const sellers = await collection();
      const rows = await sellers.find({ selector: { no: { $in: [...nos] } } }).exec();
      await sellers.bulkUpsert(rows.map((row) => ({ ...row.toMutableJSON(), flagged: true })));
    },
    close: async () => void (await (await open()).close()),
  };
}
