import { chunk } from '#lib/shared/chunk.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { changesAfter, newestChange } from './change-log.ts';
import { openCurrentBase } from './current-base.ts';
import { followChanges } from './follow-changes.ts';
import { OwnDatabase } from './own-database.ts';
import { decodeRows } from './page-codec.ts';
import type { AttentionEntry, CursorRecord, OutboxEntry, PageRecord, StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

/**
 * What pages and the query worker may do with the store: read it and follow it.
 * Read the outbox before the base: an entry leaves the outbox only after the base holds its effect.
 */
export interface StoreReader {
  /** Numbers of the packed pages, highest (newest rows) first. */
  pageNumbers(table: TableName): Promise<number[]>;
  readPages(table: TableName, pages: readonly number[]): Promise<PageRecord[]>;
  /** All row records of level two, tombstones included. */
  readRows(table: TableName): Promise<StoredRow[]>;
  /** Row records of level two with these numbers. */
  readRowsOf(table: TableName, nos: readonly number[]): Promise<StoredRow[]>;
  /** Single rows from both levels; deleted and unknown ones are absent. */
  readByNo(table: TableName, nos: readonly number[]): Promise<StoredRow[]>;
  outbox(table: TableName): Promise<OutboxEntry[]>;
  attention(): Promise<AttentionEntry[]>;
  cursor(table: TableName): Promise<CursorRecord | undefined>;
  /** Sequence of the newest change; take it before the first read. */
  changeSeq(): Promise<number>;
  /** What was written after `seq`, or `reload` when that is no longer known. */
  changesSince(table: TableName, seq: number): Promise<{ seq: number; pages: number[]; nos: number[] } | 'reload'>;
  /**
   * Calls back after anything was written by any context: soon after (broadcast), and at the latest
   * after 2 s (a worker killed between commit and broadcast loses the broadcast).
   */
  onChange(listener: (what: { base: boolean; outbox: boolean }) => void): () => void;
  close(): void;
}

/** Opens the store of one account and workspace (`Connection.store_key`) for reading, in any context of the extension. */
export function createReader(storeKey: string): StoreReader {
  const own = new OwnDatabase(storeKey);
  const follower = followChanges(storeKey, own, () => base.forget());
  const base = openCurrentBase(storeKey, own, () => follower.tell({ base: true, outbox: true }));
  return {
    pageNumbers: (table) => base.read((open) => pageNumbers(open, table)),
    readPages: (table, pages) => base.read((open) => readPages(open, table, pages)),
    readRows: (table) => base.read(async (open) => (await open.rows.where('[table+no]').between([table, -Infinity], [table, Infinity]).toArray()).map(({ row }) => row)),
    readRowsOf: (table, nos) => base.read((open) => readRowsOf(open, table, nos)),
    readByNo: (table, nos) => base.read((open) => readByNo(open, table, nos)),
    outbox: async (table) => (await own.outbox.orderBy('seq').toArray()).filter((entry) => entry.table === table),
    attention: () => own.attention.orderBy('seq').toArray(),
    cursor: (table) => base.read((open) => open.cursors.get(table)),
    changeSeq: () => base.read(newestChange),
    changesSince: (table, seq) => base.read((open) => changesAfter(open, table, seq)),
    onChange: (listener) => follower.listen(listener, () => base.read(newestChange)),
    close() {
      follower.close();
      base.close();
      own.close();
    },
  };
}

async function pageNumbers(base: BaseDatabase, table: TableName): Promise<number[]> {
  const keys = await base.pages.where('[table+page]').between([table, -Infinity], [table, Infinity]).primaryKeys();
  return keys.map(([, page]) => page).toReversed();
}

async function readPages(base: BaseDatabase, table: TableName, pages: readonly number[]): Promise<PageRecord[]> {
  const records = await base.pages.bulkGet(pages.map((page): [string, number] => [table, page]));
  return records.filter((record) => record !== undefined);
}

async function readRowsOf(base: BaseDatabase, table: TableName, nos: readonly number[]): Promise<StoredRow[]> {
  const records = await base.rows.bulkGet(nos.map((no): [string, number] => [table, no]));
  return records.filter((record) => record !== undefined).map(({ row }) => row);
}

/** Both levels in one transaction: between two, compaction could move a row from one to the other. */
export async function readByNo(base: BaseDatabase, table: TableName, nos: readonly number[]): Promise<StoredRow[]> {
  return base.transaction('r', base.rows, base.pages, async () => {
    const changed = new Map((await readRowsOf(base, table, nos)).map((row) => [row.no, row]));
    const offsetsByPage = Map.groupBy(nos.filter((no) => no >= 0 && !changed.has(no)), (no) => Math.floor(no / PAGE_ROWS));
    const rows = [...changed.values()].filter((row) => row.deleted_at === null);
    // A few pages at a time: a page of sellers is some 150 kB, and the numbers may lie on all of them.
    for (const pages of chunk([...offsetsByPage.keys()], 32)) {
      for (const { page, packed } of await readPages(base, table, pages)) {
        const offsets = (offsetsByPage.get(page) ?? []).map((no) => no - page * PAGE_ROWS);
        rows.push(...decodeRows(tables[table], packed, offsets));
      }
    }
    return rows;
  });
}
