import { Dexie } from 'dexie';
import { deleteOtherBases } from './generations.ts';
import { openPatiently } from './open-patiently.ts';
import { OwnDatabase, ownName } from './own-database.ts';

/**
 * Deletes what can be pulled again, and, with `discard` or when nothing is unsent, what is ours too.
 * Unsent changes that are kept wait for the same account and workspace to be connected again.
 */
export async function deleteStore(storeKey: string, unsent: 'keep' | 'discard'): Promise<void> {
  await deleteOtherBases(storeKey, null);
  if (unsent === 'discard' || (await withOwn(storeKey, isEmpty))) await Dexie.delete(ownName(storeKey));
}

/** Whether the server has confirmed every change of the outbox; what it refused is no longer in there. */
export async function isAllSent(storeKey: string): Promise<boolean> {
  return withOwn(storeKey, async ({ outbox }) => (await outbox.where('state').notEqual('acknowledged').count()) === 0);
}

async function isEmpty(own: OwnDatabase): Promise<boolean> {
  await own.outbox.where('state').equals('acknowledged').delete();
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
