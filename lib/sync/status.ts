import type { SyncStatus } from '#lib/messaging/contract.ts';
import { errorCodes, isPassing } from '#lib/shared/error-codes.ts';
import { isDiskFull } from '#lib/store/disk-full.ts';
import type { OwnDatabase } from '#lib/store/own-database.ts';
import { readMeta } from '#lib/store/own-database.ts';
import { NO_SYNC, SYNCING_MS } from './status-writer.ts';

const FULL = errorCodes.storage_full.words;

/** What the status line says, read from the store; any context of the extension may. `now` in epoch milliseconds. */
export async function readSyncStatus(own: OwnDatabase, signedIn: boolean, now: number): Promise<SyncStatus> {
  const [full, stored, notice, waiting, attention] = await Promise.all([
    isDiskFull(),
    readMeta(own, 'sync'),
    readMeta(own, 'notice'),
    countWaiting(own),
    own.attention.count(),
  ]);
  const { syncing_until, wait: _wait, ...known } = { ...NO_SYNC, ...stored };
  const sync = full ? { ...known, error: { code: 'storage_full' as const, message: FULL } } : known;
  // Further ahead than it is ever set: the clock was set back.
  const isSyncing = now < syncing_until && syncing_until <= now + SYNCING_MS;
  const state = stateOf({ signedIn, attention, isSyncing, error: sync.error?.code ?? null });
  return { state, waiting, attention, notice: notice ?? null, ...sync };
}

/** Rows with unsent changes, by the index alone: 50,000 targets need not be read for their number. */
export async function countWaiting(own: OwnDatabase): Promise<number> {
  const keys = await Promise.all(
    ['waiting', 'sending'].map((state) =>
      own.outbox.where('[state+size]').between([state, 0], [state, Infinity]).keys(),
    ),
  );
  return keys.flat().reduce<number>((sum, key) => sum + (key as unknown as [string, number])[1], 0);
}

/** The status of a browser that is connected to no server. */
export const signedOutStatus: SyncStatus = {
  state: 'signed_out',
  waiting: 0,
  attention: 0,
  last_synced_at: null,
  progress: null,
  error: null,
  notice: null,
};

function stateOf(facts: {
  signedIn: boolean;
  attention: number;
  isSyncing: boolean;
  error: string | null;
}): SyncStatus['state'] {
  if (!facts.signedIn) return 'signed_out';
  if (facts.attention > 0) return 'attention';
  if (facts.isSyncing) return 'syncing';
  if (facts.error === null) return 'synced';
  // A server that is not there, or asks to wait; anything else needs a person, or is for one to know.
  return isPassing(facts.error) && facts.error !== 'unexpected' ? 'offline' : 'attention';
}
