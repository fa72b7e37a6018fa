import { Dexie, type Table } from 'dexie';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Subject } from './subject.ts';

const PAGE_ROWS = 1024;

interface Page {
  page: number;
  /** Each is an entry of the index. */
  names: string[];
  /** The rows as JSON: a clone of 1,024 objects takes longer both ways. */
  rows: string;
}

class PagesDatabase extends Dexie {
  declare readonly pages: Table<Page, number>;
  declare readonly cursors: Table<{ table: string; cursor: string }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
    this.version(1).stores({ pages: 'page, *names', cursors: 'table' });
  }
}

/** The shortest way to fewer records: 1,024 rows of JSON in one, found again by a multi-entry index of names. */
export function createPagedRows(): Subject {
  let read = new PagesDatabase('pages-1');
  let target = read;

  async function store({ items, next_cursor }: PullAnswer): Promise<void> {
    const groups = Map.groupBy(items as WireSeller[], ({ no }) => Math.floor(no / PAGE_ROWS));
    await target.transaction('rw', target.pages, target.cursors, async () => {
      const stored = await target.pages.bulkGet([...groups.keys()]);
      const pages = Array.from(groups, ([page, rows], at) => {
        const merged = new Map([...rowsOf(stored[at]), ...rows].map((row) => [row.no, row]));
        return pageOf(page, [...merged.values()]);
      });
      await target.pages.bulkPut(pages);
      await target.cursors.put({ table: 'sellers', cursor: next_cursor });
    });
  }

  async function readPages(from: number, to: number): Promise<WireSeller[]> {
    const pages = await read.pages
      .where('page')
      .between(Math.floor(from / PAGE_ROWS), Math.ceil(to / PAGE_ROWS), true, false)
      .toArray();
    return pages.flatMap(rowsOf).filter(({ no }) => no >= from && no < to);
  }

  return {
    open: async () => void (await read.open()),
    fill: store,
    filled: () => Promise.resolve(),
    change: store,
    point: async (no) => (await readPages(no, no + 1))[0],
    async lookup(names) {
      const wanted = new Set(names);
      const pages = await read.pages.where('names').anyOf(names).distinct().toArray();
      const rows = pages.flatMap(rowsOf).filter((row) => wanted.has(row.normalized_name));
      return new Map(rows.map((row) => [row.normalized_name, row]));
    },
    range: async (from, to) => (await readPages(from, to)).toSorted((a, b) => a.no - b.no),
    expected: (row) => row,
    async beginRebuild() {
      target = new PagesDatabase('pages-2');
      await target.open();
    },
    async endRebuild() {
      await read.delete();
      read = target;
    },
    close: () => Promise.resolve(read.close()),
  };
}

function pageOf(page: number, rows: readonly WireSeller[]): Page {
  return { page, names: rows.map((row) => row.normalized_name), rows: JSON.stringify(rows) };
}

function rowsOf(page: Page | undefined): WireSeller[] {
  return page === undefined ? [] : (JSON.parse(page.rows) as WireSeller[]);
}
