import { Dexie } from 'dexie';
import { BaseDatabase } from './base-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { readMeta } from './own-database.ts';

export interface CurrentBase {
  /** Runs `use` on the base that the pointer names; once more on the new one when it was swapped meanwhile. */
  read<T>(use: (base: BaseDatabase) => Promise<T>): Promise<T>;
  /** Looks at the pointer again before the next read. */
  forget(): void;
  close(): void;
}

/** Follows the generation pointer for a reader. `onSwap` when another context deletes the base in use. */
export function openCurrentBase(storeKey: string, own: OwnDatabase, onSwap: () => void): CurrentBase {
  let opened: BaseDatabase | null = null;
  let checked = false;

  function drop(): void {
    opened?.close();
    opened = null;
  }

  async function current(): Promise<BaseDatabase> {
    if (opened !== null && checked) return opened;
    const generation = (await readMeta(own, 'base'))?.generation ?? 1;
    if (opened !== null && opened.generation !== generation) drop();
    checked = true;
    if (opened !== null) return opened;
    const base: BaseDatabase = new BaseDatabase(storeKey, generation, () => {
      if (opened === base) opened = null;
      // For good: its next read would make an empty base of this name.
      base.close();
      onSwap();
    });
    opened = base;
    return base;
  }

  return {
    async read(use) {
      const base = await current();
      try {
        return await use(base);
      } catch (error) {
        if (!(error instanceof Dexie.DatabaseClosedError)) throw error;
        checked = false;
        if (opened === base) drop();
        return use(await current());
      }
    },
    forget: () => {
      checked = false;
    },
    close: drop,
  };
}
