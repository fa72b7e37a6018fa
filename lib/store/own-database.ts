import { Dexie, type Table } from 'dexie';
import type { RunsTold } from '#lib/domain/run-news.ts';
import { standAside } from './stand-aside.ts';
import type { AliasRecord, AttentionEntry, DoneRecord, OutboxEntry } from './types.ts';

/** Single values of the own database, by key. */
export interface MetaValues {
  /** Which base is read; `building` is filled beside it and takes its place when complete. */
  base: BasePointer;
  client_id: string;
  /** Last `server_time` received, by a pull or a push; epoch milliseconds. */
  server_time: number;
  /** Size of a push that the line was last known to carry within the server's silence; bytes. */
  push_bytes: number;
  /** Entries up to this one have been sent at least once, whether answered or not. */
  sent_to: number;
  /** Entries up to `seq` count as made no later than `at` (the server's time), so those behind it no earlier. */
  floor: { seq: number; at: number };
  /** Grows with every write of outbox, attention or pointer, for readers that missed the broadcast. */
  revision: number;
  /** Counts changes of the outbox: which entries there are, and which are confirmed. */
  outbox_revision: number;
  /** `outbox_revision` after the last change that did more than to add entries. */
  outbox_rewritten: number;
  sync: SyncRecord;
  /** Generation of the base whose tables had all been pulled: once it is empty, the browser dropped it. */
  complete: number;
  notice: Notice;
  /** Which ends of runs have been told by a notification. */
  runs_told: RunsTold;
}

/** What happened to the local data. `lost`: the own database was dropped, with whatever was unsent. */
export type Notice = 'rebuilding' | 'lost';

export interface BasePointer {
  generation: number;
  building: number | null;
  /** Columns of all tables when the base was begun; a base of other columns is rebuilt. */
  schema: string;
}

/** What the sync loop last knew; epoch milliseconds. */
export interface SyncRecord {
  /** Until then a sync counts as running; moved on with each step, so a killed worker does not sync for ever. */
  syncing_until: number;
  last_synced_at: number | null;
  progress: { received: number; remaining: number } | null;
  error: { code: string; message: string } | null;
  /** The server asked to be left alone until then. `since`: a clock that was set back must not make it years. */
  wait: { since: number; until: number } | null;
}

export type MetaRecord = { [K in keyof MetaValues]: { key: K; value: MetaValues[K] } }[keyof MetaValues];

/** What is ours and exists nowhere else. Written by the background only, with strict durability; never rebuilt. */
export class OwnDatabase extends Dexie {
  declare readonly outbox: Table<OutboxEntry, number, Omit<OutboxEntry, 'seq'>>;
  declare readonly attention: Table<AttentionEntry, string>;
  declare readonly aliases: Table<AliasRecord, string>;
  declare readonly done: Table<DoneRecord, string>;
  declare readonly meta: Table<MetaRecord, string>;

  constructor(storeKey: string) {
    super(ownName(storeKey), { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({
      outbox: '++seq, &id, state',
      attention: 'id, seq',
      aliases: 'requested_id, at',
      meta: 'key',
    });
    // Release 0.2: entries know how many rows they are about, and ids of settled mutations are kept for a day.
    this.version(2)
      .stores({ outbox: '++seq, &id, state, [state+size]', done: 'id, at' })
      .upgrade((upgrade) =>
        upgrade
          .table<OutboxEntry>('outbox')
          .toCollection()
          .modify((entry) => {
            entry.size = entry.targets.length;
          }),
      );
    standAside(this);
  }
}

export function ownName(storeKey: string): string {
  return `sellerdex-own-${storeKey}`;
}

export async function readMeta<K extends keyof MetaValues>(
  own: OwnDatabase,
  key: K,
): Promise<MetaValues[K] | undefined> {
  const record = await own.meta.get(key);
  // The key decides the type of the value: writeMeta alone writes them.
  return record?.value as MetaValues[K] | undefined;
}

export async function writeMeta<K extends keyof MetaValues>(
  own: OwnDatabase,
  key: K,
  value: MetaValues[K],
): Promise<void> {
  await own.meta.put({ key, value } as MetaRecord);
}

/** To be called inside every transaction that changes what readers see of the own database. */
export async function bumpRevision(own: OwnDatabase): Promise<void> {
  await writeMeta(own, 'revision', ((await readMeta(own, 'revision')) ?? 0) + 1);
}

/** The same for what changes the outbox, but for which entries are just being sent. */
export async function bumpOutbox(own: OwnDatabase): Promise<void> {
  await Promise.all([bumpRevision(own), writeOutboxRevision(own, true)]);
}

/** The same when entries were added behind those that are there, and nothing else was changed. */
export async function bumpAdded(own: OwnDatabase): Promise<void> {
  await Promise.all([bumpRevision(own), writeOutboxRevision(own, false)]);
}

async function writeOutboxRevision(own: OwnDatabase, isRewritten: boolean): Promise<void> {
  const [before, rewritten] = await Promise.all([readMeta(own, 'outbox_revision'), readMeta(own, 'outbox_rewritten')]);
  // From the present time on: a store that was deleted and made again must not come by the numbers of the old one.
  const revision = (before ?? Date.now()) + 1;
  await writeMeta(own, 'outbox_revision', revision);
  if (isRewritten || rewritten === undefined) await writeMeta(own, 'outbox_rewritten', revision);
}
