import { BaseDatabase } from './base-database.ts';
import type { WriteSignal } from './change-signal.ts';
import { openChangeSignal } from './change-signal.ts';
import { deleteOtherBases, openPointer } from './generations.ts';
import { openPatiently } from './open-patiently.ts';
import type { BasePointer } from './own-database.ts';
import { OwnDatabase, readMeta } from './own-database.ts';

/** The store as its only writer, the background, holds it. */
export interface StoreWriter {
  readonly storeKey: string;
  readonly own: OwnDatabase;
  /** There was nothing of this store before. */
  readonly isNew: boolean;
  /** The base that is read. */
  readonly base: BaseDatabase;
  /** The base that pulls fill: the one being built, else the one that is read. */
  readonly target: BaseDatabase;
  /** Follows a moved pointer: opens what it names, tells readers, deletes the rest. */
  use(pointer: BasePointer): Promise<void>;
  /** To be called after every commit. */
  written(what: Partial<WriteSignal>): void;
  close(): void;
}

/**
 * Opens the store, and deletes bases that a killed worker left. Throws `storage_blocked` or
 * `storage_unreadable` when the own database cannot be had.
 */
export async function openWriter(storeKey: string, onWritten: () => void = () => {}): Promise<StoreWriter> {
  const own = new OwnDatabase(storeKey);
  const { isNew, pointer: found } = await openOwn(own);
  const signal = openChangeSignal(storeKey);
  let pointer = found;
  let closed = false;
  let base = new BaseDatabase(storeKey, pointer.generation);
  let target = pointer.building === null ? base : new BaseDatabase(storeKey, pointer.building);
  await deleteOtherBases(storeKey, pointer);

  function written(what: Partial<WriteSignal>): void {
    // What was committed just before the closing is no failure; readers find it when they look for themselves.
    if (!closed) signal.send(what);
    onWritten();
  }

  return {
    storeKey,
    isNew,
    own,
    get base() {
      return base;
    },
    get target() {
      return target;
    },
    async use(moved) {
      const opened = [base, target];
      const byGeneration = (generation: number): BaseDatabase =>
        opened.find((open) => open.generation === generation) ?? new BaseDatabase(storeKey, generation);
      const swapped = moved.generation !== pointer.generation;
      base = byGeneration(moved.generation);
      target = moved.building === null ? base : byGeneration(moved.building);
      pointer = moved;
      for (const open of opened) if (open !== base && open !== target) open.close();
      if (swapped) written({ base: true, outbox: true, pointer: true });
      await deleteOtherBases(storeKey, moved);
    },
    written,
    close() {
      closed = true;
      signal.close();
      base.close();
      target.close();
      own.close();
    },
  };
}

async function openOwn(own: OwnDatabase): Promise<{ isNew: boolean; pointer: BasePointer }> {
  try {
    await openPatiently(own);
    const isNew = (await readMeta(own, 'base')) === undefined;
    return { isNew, pointer: await openPointer(own) };
  } catch (error) {
    own.close();
    throw error;
  }
}
