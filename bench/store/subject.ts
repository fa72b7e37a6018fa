import type { PullAnswer, PullPage } from '#lib/protocol/pull.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';

/** What the overlay asks of a name. */
export interface KnownName {
  readonly no: number;
  readonly flagged: boolean;
  readonly times_seen: number;
}

/** A store of sellers on disk, as one of the peers would be used. Each task opens it anew, in a worker of its own. */
export interface Subject {
  /** Opens what is on disk, or makes it. */
  open(): Promise<void>;
  /** The answer in the form in which this one asks for it, where that is another; what it takes does not count. */
  received?(answer: PullAnswer): PullPage;
  /** Stores one answer of a first sync, rows and cursor, as `received` gave it. */
  fill(answer: PullPage): Promise<void>;
  /** Whatever makes a filled store complete: indexes that are better built last, names that are folded. */
  filled(): Promise<void>;
  /** Stores one answer of changes, rows and cursor. */
  change(answer: PullPage): Promise<void>;
  /** What it does in idle time to be as quick as before the changes; absent where there is no such thing. */
  compact?(): Promise<void>;
  /** The row with this number. */
  point(no: number): Promise<unknown>;
  lookup(names: readonly string[]): Promise<ReadonlyMap<string, KnownName>>;
  /** Rows with from ≤ no < to, by ascending number. */
  range(from: number, to: number): Promise<unknown[]>;
  /** What it must have kept of a row of the wire. */
  expected(row: WireSeller): unknown;
  /** From now on `fill` goes to an empty store beside the one that is read. */
  beginRebuild(): Promise<void>;
  /** The store beside takes the place of the other, which is deleted. */
  endRebuild(): Promise<void>;
  close(): Promise<void>;
}
