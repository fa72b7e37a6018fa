import { openPointer } from './generations.ts';
import { openPatiently } from './open-patiently.ts';
import { OwnDatabase } from './own-database.ts';

/** Makes the own database of a workspace before a connection names it: one that is missing after that was lost. */
export async function createStore(storeKey: string): Promise<void> {
  const own = new OwnDatabase(storeKey);
  try {
    await openPatiently(own);
    await openPointer(own);
  } finally {
    own.close();
  }
}
