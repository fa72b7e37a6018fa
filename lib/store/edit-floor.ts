import type { PushResult } from '#lib/protocol/push.ts';
import type { OwnDatabase } from './own-database.ts';
import { readMeta, writeMeta } from './own-database.ts';
import type { OutboxEntry } from './types.ts';

/*
 * The server takes an edit to be as old as the client says when it sends it. What was slow on its way, or
 * sent while the clock was set wrong, counts as made when it did not expect to, and an edit that in truth
 * came later might count as made before it. The floor keeps a person's edits in order: what comes behind an
 * edit counts as made no earlier than that one did, by the server's own word. It travels as `seen_at`.
 */

/** When a batch was sent, by this computer's clock, and the server's time in its answer. Epoch milliseconds. */
export interface BatchTimes {
  readonly sentAt: number;
  readonly serverTime: number;
}

/** The server has answered a batch. Part of the caller's transaction. */
export async function raiseFloor(
  own: OwnDatabase,
  batch: readonly OutboxEntry[],
  results: readonly PushResult[],
  { sentAt, serverTime }: BatchTimes,
): Promise<void> {
  const last = batch.at(-1);
  if (last === undefined) return;
  const applied = results.filter(({ status }) => status === 'applied' || status === 'duplicate');
  const madeAt = new Map(applied.map(({ id, made_at }) => [id, made_at]));
  const times = batch.flatMap(({ id, edited_at }) => {
    if (!madeAt.has(id)) return [];
    // Servers before 0.2 do not say: as if what was answered now had arrived now.
    return Date.parse(madeAt.get(id) ?? '') || serverTime - Math.max(0, sentAt - edited_at);
  });
  const before = (await readMeta(own, 'floor'))?.at ?? 0;
  // Not after now: a server whose clock was ahead for a while must not hold all later edits up there.
  await writeMeta(own, 'floor', { seq: last.seq, at: Math.min(serverTime, Math.max(before, ...times)) });
}

// `seen_at` is no part of what the server compares when an entry comes again, so it may still rise.
export function seenAt({ seq, seen_at }: OutboxEntry, floor: { seq: number; at: number }): number | null {
  return seq > floor.seq && floor.at > (seen_at ?? 0) ? floor.at : seen_at;
}
