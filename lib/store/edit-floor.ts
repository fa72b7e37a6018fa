import type { OwnDatabase } from './own-database.ts';
import { readMeta, writeMeta } from './own-database.ts';
import type { OutboxEntry } from './types.ts';

/*
 * The server takes an edit to be as old as the client says when it sends it. What is slow on its way, or
 * arrives though nobody heard so, grows older than the server can know, and may so count as made after an
 * edit that in truth came later. The floor keeps a person's edits in order: what waits behind a batch
 * counts as made no earlier than anything in the batch may count. It travels as `seen_at`.
 */

/** No server takes up a request that has been on its way for longer. */
const LONGEST_WAY_MS = 60_000;

/** When a batch was sent, by this computer's clock, and the server's time when it was over. Epoch milliseconds. */
export interface BatchTimes {
  readonly sentAt: number;
  readonly serverTime: number;
}

/** A batch has reached the server, or may have. Part of the caller's transaction. */
export async function raiseFloor(
  own: OwnDatabase,
  batch: readonly OutboxEntry[],
  { sentAt, serverTime }: BatchTimes,
): Promise<void> {
  const last = batch.at(-1);
  if (last === undefined) return;
  const latest = Math.min(serverTime, serverTime - (sentAt - last.edited_at));
  const at = batch.reduce((most, { seen_at }) => Math.max(most, seen_at ?? 0), latest);
  // Of entries that were sent before, the first time may be the one that counts.
  const before = await readMeta(own, 'floor');
  const isAgain = before !== undefined && before.seq >= (batch[0]?.seq ?? 0);
  await writeMeta(own, 'floor', { seq: last.seq, at: isAgain ? Math.max(at, before.at) : at });
}

/** When a batch that nobody answered was certainly over, by this computer's clock. */
export function overAt(sentAt: number, now: number): number {
  return sentAt <= now ? Math.min(now, sentAt + LONGEST_WAY_MS) : now;
}

// `seen_at` is no part of what the server compares when an entry comes again, so it may still rise.
export function seenAt({ seq, seen_at }: OutboxEntry, floor: { seq: number; at: number }): number | null {
  return seq > floor.seq && floor.at > (seen_at ?? 0) ? floor.at : seen_at;
}
