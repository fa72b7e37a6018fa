import { deleteOtherBases } from './generations.ts';
import { OwnDatabase } from './own-database.ts';

/**
 * Deletes what can be pulled again, and, with `discard` or when nothing is unsent, what is ours too.
 * Unsent changes that are kept wait for the same account and workspace to be connected again.
 */
export async function deleteStore(storeKey: string, unsent: 'keep' | 'discard'): Promise<void> {
  const own = new OwnDatabase(storeKey);
  await own.outbox.where('state').equals('acknowledged').delete();
  const left = (await own.outbox.count()) + (await own.attention.count());
  if (unsent === 'discard' || left === 0) await own.delete();
  else own.close();
  await deleteOtherBases(storeKey, null);
}
