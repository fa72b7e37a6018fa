import type { ColumnStore } from './column-store.ts';
import type { SellerRow } from './query.ts';

/** A row as it is shown, but flagged or not as said. */
type RowMaker = (slot: number, flagged: boolean) => SellerRow;

/** Rows as they were when it began, whatever is written while they are taken. */
export interface Iteration {
  readonly total: number;
  /** The next rows, at most `size`; none at the end. */
  next(size: number): SellerRow[];
  close(): void;
}

/**
 * The rows of these slots. Nothing is copied beforehand but flags (they can be assumed without being written):
 * a row is kept only when it is about to be written over.
 */
export function iterateRows(store: ColumnStore, slots: Uint32Array, rowAt: RowMaker): Iteration {
  const flags = store.flagBytes().slice();
  const isFlagged = (slot: number): boolean => flags[slot] === 1;
  const before = new Map<number, SellerRow>();
  const stop = store.beforeOverwriting((slot) => {
    if (!before.has(slot)) before.set(slot, rowAt(slot, isFlagged(slot)));
  });
  let at = 0;
  return {
    total: slots.length,
    next(size) {
      const some = slots.subarray(at, at + size);
      at += size;
      return Array.from(some, (slot) => before.get(slot) ?? rowAt(slot, isFlagged(slot)));
    },
    close: stop,
  };
}
