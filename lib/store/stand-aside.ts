import { Dexie } from 'dexie';

/**
 * Makes a database let go when another context upgrades or deletes it, and open again at the next read.
 * Dexie would do so too, with a warning on the console each time: `false` keeps its own listener from running.
 */
export function standAside(database: Dexie, onLetGo: () => void = () => undefined): void {
  database.on('versionchange', () => {
    database.close({ disableAutoOpen: false });
    onLetGo();
    return false;
  });
  database.on('blocked', () => false);
}

/** Does `work` once more when the database was let go of in the middle. */
export async function onceMore<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Dexie.DatabaseClosedError)) throw error;
    return work();
  }
}
