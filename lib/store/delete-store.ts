import { Dexie } from 'dexie';
import { readDeviceValue } from './device-database.ts';
import { deleteOtherBases } from './generations.ts';
import { openPatiently } from './open-patiently.ts';
import { bumpOutbox, OwnDatabase, ownName } from './own-database.ts';
import { writeDeviceValue } from './write-device-value.ts';

/**
 * Deletes what can be pulled again, and, with `discard` or when nothing is unsent, what is ours too.
 * Unsent changes that are kept wait for the same account and workspace to be connected again.
 */
export async function deleteStore(storeKey: string, unsent: 'keep' | 'discard'): Promise<void> {
  // First, or a base that was deleted on purpose would be missed as one that was damaged.
  const isKept = unsent === 'keep' && !(await withOwn(storeKey, forgetBase));
  await deleteOtherBases(storeKey, null);
  if (!isKept) await Dexie.delete(ownName(storeKey));
}

/**
 * Deletes what the last disconnecting was to delete, unless that has been done. To be called before
 * anything is connected: what was discarded would else be sent once its account is back.
 */
export async function finishLeaving(): Promise<void> {
  const leaving = await readDeviceValue('leaving');
  if (leaving === undefined) return;
  try {
    await deleteStore(leaving.store_key, leaving.unsent);
    await writeDeviceValue('leaving', undefined);
  } catch (error) {
    // A store that keeps its changes is in nobody's way, and what can be pulled again goes the next time.
    if (leaving.unsent === 'discard') throw error;
  }
}

/** Whether the server has confirmed every change of the outbox; what it refused is no longer in there. */
export async function isAllSent(storeKey: string): Promise<boolean> {
  return withOwn(storeKey, async ({ outbox }) => (await outbox.where('state').notEqual('acknowledged').count()) === 0);
}

/** Resolves to whether nothing of ours is left. */
async function forgetBase(own: OwnDatabase): Promise<boolean> {
  await own.transaction('rw', own.meta, own.outbox, async () => {
    await own.meta.delete('complete');
    await own.outbox.where('state').equals('acknowledged').delete();
    await bumpOutbox(own);
  });
  return (await own.outbox.count()) + (await own.attention.count()) === 0;
}

async function withOwn<T>(storeKey: string, use: (own: OwnDatabase) => Promise<T>): Promise<T> {
  const own = new OwnDatabase(storeKey);
  try {
    await openPatiently(own);
    return await use(own);
  } finally {
    own.close();
  }
}
