import type { OpfsSAHPoolDatabase } from '@sqlite.org/sqlite-wasm';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import { createSellersTable, rowsAsJson, upsertSellers } from '../shared/sqlite-upsert.ts';
import type { Listed, ListQuery } from './subject.ts';

/** Calls of the page, by name; answered with what the function gives. */
export interface SqliteCalls {
  open: () => Promise<void>;
  put: (items: PullAnswer['items']) => void;
  index: () => void;
  list: (query: ListQuery, from: number, to: number) => Listed;
  flag: (nos: readonly number[]) => void;
  close: () => void;
}

let database: OpfsSAHPoolDatabase;
let letGo = (): void => undefined;

const calls: SqliteCalls = {
  async open() {
    const sqlite = await sqlite3InitModule();
    const pool = await sqlite.installOpfsSAHPoolVfs({ initialCapacity: 8 });
    letGo = () => void pool.pauseVfs();
    database = new pool.OpfsSAHPoolDb('/sellers.db');
    database.exec(`pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = off;
      pragma cache_size = -131072; pragma temp_store = memory;
      ${createSellersTable}`);
  },
  put(items) {
    database.transaction('IMMEDIATE', () => database.exec({ sql: upsertSellers, bind: [rowsAsJson(items)] }));
  },
  // Each order, with what the filters look at, so that neither a search nor an offset reads the rows themselves.
  index() {
    database.exec(`create index by_name on sellers (normalized_name, flagged);
      create index by_feedback on sellers (feedback_count desc, normalized_name, flagged);
      create index by_time on sellers (updated_at desc, normalized_name, flagged);
      create index by_no on sellers (no desc, normalized_name, flagged);
      analyze;`);
  },
  list({ search, flagged, sort }, from, to) {
    const parts = [...(search === '' ? [] : [`instr(normalized_name, $search) > 0`]), ...(flagged ? ['flagged'] : [])];
    const where = parts.length === 0 ? '' : `where ${parts.join(' and ')}`;
    const bound = search === '' ? undefined : { $search: search.toLowerCase() };
    const total = Number(database.selectValue(`select count(*) from sellers ${where}`, bound));
    const order = sort.column === 'no' ? `no ${sort.order}` : `${sort.column} ${sort.order}, normalized_name, no`;
    // Numbers first, by the index alone; then the rows of those few.
    const rows = database.selectObjects(
      `select * from (select no as at from sellers ${where} order by ${order} limit $count offset $from) join sellers on no = at
        order by ${order}`,
      { ...bound, $count: to - from, $from: from },
    );
    return { total, nos: rows.map((row) => Number(row['no'])) };
  },
  flag(nos) {
    database.transaction('IMMEDIATE', () =>
      database.exec({
        sql: 'update sellers set flagged = 1 where no in (select value from json_each(?))',
        bind: [JSON.stringify(nos)],
      }),
    );
  },
  close() {
    database.close();
    letGo();
  },
};

globalThis.addEventListener(
  'message',
  (event: MessageEvent<{ call: number; name: keyof SqliteCalls; args: never[] }>) => {
    const { call, name, args } = event.data;
    const run = calls[name] as (...args: never[]) => unknown;
    Promise.resolve()
      .then(() => run(...args))
      .then(
        (value) => globalThis.postMessage({ call, value }),
        (error: unknown) => globalThis.postMessage({ call, error: String(error) }),
      );
  },
);
