import type { TableName } from '#lib/tables/index.ts';
import type { ChangedRows } from './base-reads.ts';
import {
  highestPage,
  pageNumbers,
  readByNo,
  readChangedRows,
  readPageRange,
  readPages,
  readRows,
  readRowsOf,
} from './base-reads.ts';
import { changesAfter, newestChange } from './change-log.ts';
import { openCurrentBase } from './current-base.ts';
import { findSellers } from './find-sellers.ts';
import { followChanges } from './follow-changes.ts';
import { createOutboxReads } from './outbox-reads.ts';
import { OwnDatabase } from './own-database.ts';
import { onceMore } from './stand-aside.ts';
import type { AttentionEntry, CursorRecord, OutboxEntry, PageRecord, StoredRow } from './types.ts';

/**
 * What pages and the query worker may do with the store: read it and follow it.
 * Read the outbox before the base: an entry leaves the outbox only after the base holds its effect.
 */
export interface StoreReader {
  /** Numbers of the packed pages, highest (newest rows) first; for small tables. */
  pageNumbers(table: TableName): Promise<number[]>;
  /** The highest number of a packed page below `below`, or null. */
  highestPage(table: TableName, below: number): Promise<number | null>;
  /** Pages `from` to `to` (exclusive) that there are, highest first. */
  readPageRange(table: TableName, from: number, to: number): Promise<PageRecord[]>;
  readPages(table: TableName, pages: readonly number[]): Promise<PageRecord[]>;
  /** All rows of level two, tombstones included. */
  readRows(table: TableName): Promise<StoredRow[]>;
  /** The same as they are now, to be unpacked piece by piece; for tables of any size. */
  changedRows(table: TableName): Promise<ChangedRows>;
  /** Rows of level two with these numbers. */
  readRowsOf(table: TableName, nos: readonly number[]): Promise<StoredRow[]>;
  /** Single rows from both levels; deleted and unknown ones are absent. */
  readByNo(table: TableName, nos: readonly number[]): Promise<StoredRow[]>;
  /** Which of these normalized names sellers of the view have. */
  knownNames(names: readonly string[]): Promise<Set<string>>;
  /** Unsent and unconfirmed changes, in order; the same list again while none has come, gone or been confirmed. */
  outbox(table: TableName): Promise<readonly OutboxEntry[]>;
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
  const readOutbox = createOutboxReads(own);

  return {
    pageNumbers: (table) => base.read((open) => pageNumbers(open, table)),
    highestPage: (table, below) => base.read((open) => highestPage(open, table, below)),
    readPageRange: (table, from, to) => base.read((open) => readPageRange(open, table, from, to)),
    readPages: (table, pages) => base.read((open) => readPages(open, table, pages)),
    readRows: (table) => base.read((open) => readRows(open, table)),
    changedRows: (table) => base.read((open) => readChangedRows(open, table)),
    readRowsOf: (table, nos) => base.read((open) => readRowsOf(open, table, nos)),
    readByNo: (table, nos) => base.read((open) => readByNo(open, table, nos)),
    knownNames: (names) => base.read(async (open) => new Set((await findSellers(own, open, names)).keys())),
    outbox: (table) => onceMore(() => readOutbox(table)),
    attention: () => onceMore(() => own.attention.orderBy('seq').toArray()),
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
