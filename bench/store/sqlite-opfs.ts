import type { OpfsSAHPoolDatabase, SAHPoolUtil } from '@sqlite.org/sqlite-wasm';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import { createSellersTable, rowsAsJson, upsertSellers } from '../shared/sqlite-upsert.ts';
import type { KnownName, Subject } from './subject.ts';

/**
 * SQLite on its quickest file system for browsers (sqlite.org/wasm/doc/trunk/persistence.md, "opfs-sahpool"): one
 * transaction for each answer, rows taken apart by `json_each`, indexes built after the load.
 */
export function createSqlite(): Subject {
  let pool: SAHPoolUtil;
  let read: OpfsSAHPoolDatabase;
  let target: OpfsSAHPoolDatabase;

  function store({ items, next_cursor }: PullAnswer): Promise<void> {
    target.transaction('IMMEDIATE', () => {
      target.exec({ sql: upsertSellers, bind: [rowsAsJson(items)] });
      target.exec({ sql: `insert or replace into cursors values ('sellers', ?)`, bind: [next_cursor] });
    });
    return Promise.resolve();
  }

  function openDatabase(name: string): OpfsSAHPoolDatabase {
    const database = new pool.OpfsSAHPoolDb(name);
    // As durable as the others are asked to be (relaxed); one connection, as this file system allows no more.
    database.exec(`pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = off;
      pragma cache_size = -65536; pragma temp_store = memory;
      ${createSellersTable}
      create table if not exists cursors ("table" text primary key, cursor text);`);
    return database;
  }

  return {
    async open() {
      const sqlite = await sqlite3InitModule();
      pool = await sqlite.installOpfsSAHPoolVfs({ initialCapacity: 12 });
      read = openDatabase('/sellers-1.db');
      target = read;
    },
    fill: store,
    filled() {
      target.exec(`create index sellers_name on sellers (normalized_name);
        create index sellers_feedback on sellers (feedback_count); create index sellers_updated on sellers (updated_at);
        analyze;`);
      return Promise.resolve();
    },
    change: store,
    point: (no) => Promise.resolve(read.selectObject('select * from sellers where no = ?', [no])),
    lookup(names) {
      const found = read.selectObjects(
        `select normalized_name, no, flagged, times_seen from sellers
          where normalized_name in (select value from json_each(?))`,
        [JSON.stringify(names)],
      );
      return Promise.resolve(
        new Map(
          found.map((row) => [String(row['normalized_name']), { ...row, flagged: row['flagged'] === 1 } as KnownName]),
        ),
      );
    },
    range: (from, to) =>
      Promise.resolve(read.selectObjects('select * from sellers where no >= ? and no < ? order by no', [from, to])),
    // It has no booleans.
    expected: (row) => ({ ...row, flagged: row.flagged ? 1 : 0 }),
    beginRebuild() {
      target = openDatabase('/sellers-2.db');
      return Promise.resolve();
    },
    endRebuild() {
      read.close();
      pool.unlink('/sellers-1.db');
      read = target;
      return Promise.resolve();
    },
    close() {
      read.close();
      // Lets go of its file handles, which the next worker needs.
      pool.pauseVfs();
      return Promise.resolve();
    },
  };
}
