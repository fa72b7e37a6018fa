import { AppError } from '#lib/shared/app-error.ts';
import { derivedId } from '#lib/shared/derived-id.ts';
import type { PushResult } from '#lib/protocol/push.ts';
import type { TableName } from '#lib/tables/index.ts';
import { withNumbers } from './outbox.ts';
import { type BatchTimes, raiseFloor, seenAt } from './edit-floor.ts';
import type { OwnDatabase } from './own-database.ts';
import { bumpOutbox, readMeta, writeMeta } from './own-database.ts';
import type { AliasRecord, AttentionEntry, OutboxEntry } from './types.ts';

/** How long a create's result and the ids of settled mutations are kept; see AliasRecord and DoneRecord. */
const KEPT_MS = 86_400_000;

export interface BatchLimits {
  mutations: number;
  ids: number;
  /** Rough size of the request in bytes. */
  bytes: number;
}

/**
 * Takes the oldest waiting entries, at least one, within the limits, and marks them as being sent. What was
 * sent before goes without what was not: only its answer tells when it counts as made, which the later
 * entries must not count before.
 */
export async function takeBatch(own: OwnDatabase, limits: BatchLimits): Promise<OutboxEntry[]> {
  return own.transaction('rw', own.outbox, own.meta, async () => {
    // Stores of 0.1 do not say: there anything may have been sent.
    const sentTo = (await readMeta(own, 'sent_to')) ?? Number((await own.outbox.orderBy('seq').lastKey()) ?? 0);
    const isNextKind = (first: OutboxEntry, entry: OutboxEntry): boolean => first.seq <= sentTo && entry.seq > sentTo;
    const batch: OutboxEntry[] = [];
    let ids = 0;
    let bytes = 0;
    // In steps, so that an outbox of many large entries is not read whole for the first few of them.
    await own.outbox
      .orderBy('seq')
      .filter((entry) => entry.state !== 'acknowledged')
      .until((entry) => {
        ids += entry.targets.length;
        bytes += entry.targets.length * 40 + sizeOf(entry.data) + sizeOf(entry.rows) + 300;
        const isOver = batch.length >= limits.mutations || ids > limits.ids || bytes > limits.bytes;
        const [first] = batch;
        return first !== undefined && (isOver || isNextKind(first, entry));
      })
      .each((entry) => void batch.push(entry));
    if (batch.length === 0) return batch;
    const floor = (await readMeta(own, 'floor')) ?? { seq: 0, at: 0 };
    const taken = batch.map((entry) => ({ ...entry, seen_at: seenAt(entry, floor) }));
    await own.outbox.bulkUpdate(
      taken.map(({ seq, seen_at }) => ({ key: seq, changes: { state: 'sending' as const, seen_at } })),
    );
    await writeMeta(own, 'sent_to', Math.max(sentTo, taken.at(-1)?.seq ?? 0));
    return taken;
  });
}

function sizeOf(data: OutboxEntry['data'] | OutboxEntry['rows']): number {
  try {
    return JSON.stringify(data).length;
  } catch {
    // What is no JSON goes alone; whoever sends it finds out and refuses it.
    return Infinity;
  }
}

/**
 * What was being sent was not answered, or its worker died: it waits again, in its old order. The server
 * may have taken it all the same.
 */
export async function returnBatch(own: OwnDatabase): Promise<void> {
  await own.outbox.where('state').equals('sending').modify({ state: 'waiting' });
}

/**
 * Stores the answer to a batch: confirmed entries stay until pulled, refused ones move to `attention`.
 * `times`: of the answer, null when the server was not asked. `now` in epoch milliseconds.
 */
export async function settleBatch(
  own: OwnDatabase,
  results: readonly PushResult[],
  now: number,
  times: BatchTimes | null,
): Promise<void> {
  await own.transaction('rw', [own.outbox, own.attention, own.aliases, own.done, own.meta], async () => {
    const entries = await own.outbox
      .where('id')
      .anyOf(results.map(({ id }) => id))
      .toArray();
    if (times !== null) {
      const inOrder = entries.toSorted((a, b) => a.seq - b.seq);
      await raiseFloor(own, inOrder, results, times);
      await writeMeta(own, 'server_time', times.serverTime);
    }
    const entryById = new Map(entries.map((entry) => [entry.id, entry]));
    const aliases: AliasRecord[] = [];
    for (const result of results) {
      const entry = entryById.get(result.id);
      if (entry === undefined || entry.state === 'acknowledged') continue;
      if (result.status === 'applied' || result.status === 'duplicate')
        aliases.push(...(await acknowledge(own, entry, result, now)));
      else {
        await refuse(own, entry, result, now);
        await own.outbox.delete(entry.seq);
      }
    }
    await own.aliases.bulkPut(aliases);
    await renumber(own, new Map(aliases.map(({ requested_id, no }) => [requested_id, no])));
    await bumpOutbox(own);
  });
}

/** Removes confirmed entries of a table whose effect the base now has; `ids` were confirmed before the pull began. */
export async function dropAcknowledged(own: OwnDatabase, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await own.transaction('rw', own.outbox, own.done, own.meta, async () => {
    // Read first: a Dexie collection of several keys finds only the last of them the second time it is walked.
    const entries = await own.outbox.where('id').anyOf(ids).toArray();
    const held = entries.filter(({ state }) => state === 'acknowledged');
    await own.done.bulkPut(held.map(({ id }) => ({ id, at: now })));
    await own.outbox.bulkDelete(held.map(({ seq }) => seq));
    await bumpOutbox(own);
  });
}

/**
 * Drops what creates were resolved to, and which mutations were settled, a day ago: no page holds their
 * first ids any more, and no command is still repeated. `now` in epoch milliseconds.
 */
export async function purgeSettled(own: OwnDatabase, now: number): Promise<void> {
  for (const table of [own.aliases, own.done])
    await table
      .where('at')
      .below(now - KEPT_MS)
      .delete();
}

/** Ids of the confirmed entries of one table. */
export async function acknowledgedIds(own: OwnDatabase, table: TableName): Promise<string[]> {
  const entries = await own.outbox.where('state').equals('acknowledged').toArray();
  return entries.filter((entry) => entry.table === table).map(({ id }) => id);
}

/** The server may have lost what it confirmed (restored backup): everything confirmed but not pulled is sent again. */
export async function resendAcknowledged(own: OwnDatabase): Promise<void> {
  await own.transaction('rw', own.outbox, own.meta, async () => {
    await own.outbox.where('state').equals('acknowledged').modify({ state: 'waiting', acknowledged: null });
    await bumpOutbox(own);
  });
}

async function acknowledge(
  own: OwnDatabase,
  entry: OutboxEntry,
  result: PushResult,
  now: number,
): Promise<AliasRecord[]> {
  const created = entry.op === 'create' ? result.records : [];
  const records = created.map(({ id, no, requested_id }) => ({ requested_id: requested_id ?? id, id, no }));
  await own.outbox.update(entry.seq, {
    state: 'acknowledged',
    // Sent again to a server that has lost it, it counts as made no earlier.
    seen_at: Math.max(entry.seen_at ?? 0, Date.parse(result.made_at ?? '') || 0) || null,
    acknowledged: { version: result.version ?? 0, records },
  });
  // What should be gone and is not known at all is gone.
  if (entry.op !== 'create' && entry.op !== 'delete') await refuseRest(own, entry, result, now);
  return records.map((record) => ({ ...record, at: now }));
}

/** Some rows could not be changed: these wait for a person, as a change of their own. */
async function refuseRest(own: OwnDatabase, entry: OutboxEntry, result: PushResult, now: number): Promise<void> {
  const id = derivedId(entry.id, 'missing');
  const missing = new Set(result.missing);
  const targets = entry.targets.filter((target) => missing.has(target.id));
  if (targets.length === 0 || (await own.done.get(id)) !== undefined) return;
  const { code, message } = new AppError('partly_applied');
  const error = { code, message, details: { applied: entry.targets.length - targets.length } };
  await refuse(own, { ...entry, id, targets, size: targets.length }, { ...result, error }, now);
}

async function refuse(own: OwnDatabase, entry: OutboxEntry, result: PushResult, now: number): Promise<void> {
  const { state: _state, acknowledged: _acknowledged, ...kept } = entry;
  const error = result.error ?? { code: result.status, message: '', details: { ...result.conflict } };
  const refused: AttentionEntry = { ...kept, error, refused_at: now };
  await own.attention.put(refused);
}

// The reducer finds rows by number: later edits of a created row must follow it from its handle to its number.
async function renumber(own: OwnDatabase, noById: ReadonlyMap<string, number>): Promise<void> {
  if (noById.size === 0) return;
  const isAbout = ({ targets }: Pick<OutboxEntry, 'targets'>): boolean =>
    targets.some(({ id, no }) => no < 0 && noById.has(id));
  const follow = (entry: Pick<OutboxEntry, 'targets'>): void => {
    entry.targets = withNumbers(entry.targets, noById);
  };
  await own.outbox.filter(isAbout).modify(follow);
  await own.attention.filter(isAbout).modify(follow);
}
