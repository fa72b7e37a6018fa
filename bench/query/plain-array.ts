import { Dexie, type Table } from 'dexie';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { comparedRows } from './compared-rows.ts';
import type { ListQuery, QuerySubject } from './subject.ts';

/**
 * All rows as objects in the page, filtered and sorted there: what grids do with their data in memory. Orders are kept
 * once they were sorted. The rows come from the disk in pieces of 10,000.
 */
export function createPlainArray(): QuerySubject {
  const database = new Dexie('bench-array', { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
  database.version(1).stores({ pieces: '++at' });
  const pieces: Table<{ at?: number; rows: string }, number> = database.table('pieces');
  let rows: WireSeller[] = [];
  let byNo = new Map<number, WireSeller>();
  let sorted = new Map<string, WireSeller[]>();
  let last = { key: '', rows: [] as WireSeller[] };

  function matching(query: ListQuery): WireSeller[] {
    const key = JSON.stringify(query);
    if (last.key === key) return last.rows;
    const order = JSON.stringify(query.sort);
    const all = sorted.get(order) ?? rows.toSorted(comparedRows(query.sort));
    sorted.set(order, all);
    const { search, flagged } = query;
    const isPlain = search === '' && !flagged;
    const fits = (row: WireSeller): boolean => row.normalized_name.includes(search) && (!flagged || row.flagged);
    last = { key, rows: isPlain ? all : all.filter(fits) };
    return last.rows;
  }

  function changed(): void {
    rows = [...byNo.values()];
    sorted = new Map();
    last = { key: '', rows: [] };
  }

  return {
    async fill(answers) {
      for (const { items } of answers) await pieces.add({ rows: JSON.stringify(items) });
    },
    async open() {
      for (const at of await pieces.toCollection().primaryKeys())
        for (const row of JSON.parse((await pieces.get(at))?.rows ?? '[]') as WireSeller[]) rows.push(row);
      byNo = new Map(rows.map((row) => [row.no, row]));
      changed();
    },
    list(query, from, to) {
      const all = matching({ ...query, search: query.search.toLowerCase() });
      return Promise.resolve({ total: all.length, nos: all.slice(from, to).map(({ no }) => no) });
    },
    async pull({ items }) {
      for (const row of items as WireSeller[]) byNo.set(row.no, row);
      changed();
      await pieces.add({ rows: JSON.stringify(items) });
    },
    flag(nos) {
      for (const no of nos) {
        const row = byNo.get(no);
        if (row !== undefined) byNo.set(no, { ...row, flagged: true });
      }
      changed();
      return Promise.resolve();
    },
    close: () => Promise.resolve(database.close()),
  };
}
