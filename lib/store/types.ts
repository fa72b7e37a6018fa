import type { MutationOp } from '#lib/tables/define-table.ts';
import type { TableName } from '#lib/tables/index.ts';
import type { PackedPage, PackedRows } from './page-codec.ts';

/** Rows of one page: `page = ⌊no / PAGE_ROWS⌋`. */
export const PAGE_ROWS = 1024;

/** A row as the program holds it inside; which columns it has is its table's declaration. */
export type StoredRow = { id: string; no: number; version: number; deleted_at: number | null } & Record<
  string,
  unknown
>;

/**
 * Level two of the base: rows of one answer, tombstones included, that were too few to pack their pages anew. Never
 * written again; gone once all of its rows are in their pages. Its rows win over pages, and the newest of a row over
 * the others.
 */
export interface PatchRecord {
  seq: number;
  table: TableName;
  packed: PackedRows;
}

/** What there is of level two of a table; no record: nothing. */
export interface PatchState {
  table: TableName;
  patches: number;
  rows: number;
  /**
   * By page: the newest patch whose rows the page has taken in. Rows of it and of those before count no longer there,
   * which is what keeps a row gone that was deleted since.
   */
  merged: Map<number, number>;
}

/** Level one of the base. */
export interface PageRecord {
  table: TableName;
  page: number;
  packed: PackedPage;
}

/** Where this client is in a table; written in the same transaction as the rows it speaks of. */
export interface CursorRecord {
  table: TableName;
  cursor: string;
  /** False until the first snapshot has been drained. */
  complete: boolean;
  received: number;
  remaining: number;
  /** Highest change number that is certainly in the base; 0 before the snapshot is complete. */
  version: number;
  /** Highest change number of any row stored so far; `version` catches up with it when all is drained. */
  highest: number;
}

/** Names of the sellers of one part of the base, for `lookupNames`; entry `i` is one row. */
export interface NameEntries {
  /** Upper and lower half of the 64-bit hash of the normalized name. */
  high: Uint32Array;
  low: Uint32Array;
  no: Uint32Array;
  /** See name-entries.ts. */
  info: Uint32Array;
}

/** All names whose hash falls into this shard, as of the last fold. */
export interface NameShard extends NameEntries {
  shard: number;
}

/** Names of rows written since the last fold; for one row number the newest segment counts. */
export interface NameSegment extends NameEntries {
  seq: number;
}

/** One committed write of the base, for readers that follow it; old ones are trimmed. */
export interface ChangeRecord {
  seq: number;
  table: TableName;
  /** Pages written as a whole. */
  pages: number[];
  /** Rows written to level two (deletions included). */
  nos: number[];
}

export interface Target {
  id: string;
  /** Handle of the row; negative for a creation that the server has not confirmed. */
  no: number;
}

/**
 * A mutation that the server has not confirmed, or has confirmed but this client has not yet pulled.
 *
 *   waiting ──▶ sending ──▶ acknowledged ──▶ (removed when the cursor reaches `acknowledged.version`)
 *                  │
 *                  └──▶ (moved to `attention` when rejected)
 */
export interface OutboxEntry {
  /** Order of the entries; given by the store. */
  seq: number;
  /** Random id of the mutation, made by whoever made the edit. */
  id: string;
  table: TableName;
  op: MutationOp;
  /** For `create` with one entry: the client's own id and a negative handle. At most 2,000. */
  targets: Target[];
  /** Number of targets, in an index: how much waits is told without reading every entry. */
  size: number;
  data: Record<string, unknown>;
  /** `create` of several rows: data of each target, same order; then `data` is empty. */
  rows: Record<string, unknown>[] | null;
  /** Epoch milliseconds by this computer's clock; never before the entry in front of it, whatever the clock did. */
  edited_at: number;
  /** Last `server_time` received before the edit (epoch milliseconds), or null. */
  seen_at: number | null;
  state: 'waiting' | 'sending' | 'acknowledged';
  acknowledged: { version: number; records: { requested_id: string; id: string; no: number }[] } | null;
}

/** A mutation that the server refused. What was typed is kept here. */
export interface AttentionEntry extends Omit<OutboxEntry, 'state' | 'acknowledged'> {
  error: { code: string; message: string; details: Record<string, unknown> };
  refused_at: number;
}

/**
 * A mutation that has left outbox and attention: confirmed and pulled, discarded, or taken up again under
 * another id. A command that made it and is repeated late makes nothing.
 */
export interface DoneRecord {
  id: string;
  /** Epoch milliseconds; kept for a day. */
  at: number;
}

/** What a create was resolved to, so that later mutations of the client's own id find their row. */
export interface AliasRecord {
  requested_id: string;
  id: string;
  no: number;
  /** Epoch milliseconds; kept for a day. */
  at: number;
}

/** Which server, account and workspace this browser works with; in the device database. */
export interface Connection {
  /** Origin of the server, no trailing slash. */
  server: string;
  token: string | null;
  email: string;
  user_id: string;
  org_id: string;
  org_name: string;
  /** Names the databases of this server, account and workspace. */
  store_key: string;
}
