import type { ColumnStore } from './column-store.ts';
import type { Sort } from './query.ts';
import { buildOrder, byNameAscending, patchOrder } from './sort-order.ts';

/** The orders asked for lately, so that going back to one costs nothing. */
export interface OrderCache {
  order(sort: readonly Sort[]): Uint32Array;
  /** Rows appeared, or changed: in these columns alone, or (null) in any. */
  touch(slots: ArrayLike<number>, columns: readonly string[] | null): void;
  /** Whether any order that is kept looks at one of these columns. */
  anyBy(columns: readonly string[]): boolean;
}

// Four bytes a row each: at a million rows, 16 MB.
const KEPT_ORDERS = 4;

interface Kept {
  readonly sort: readonly Sort[];
  order: Uint32Array;
  /** Slots to put in their new places before the order is used again. */
  touched: number[];
}

export function createOrderCache(store: ColumnStore): OrderCache {
  const kept = new Map<string, Kept>();

  function order(sort: readonly Sort[]): Uint32Array {
    const key = JSON.stringify(sort.map((one) => [one.column, one.order]));
    const entry = kept.get(key) ?? { sort, order: buildOrder(store, sort, () => order(byNameAscending)), touched: [] };
    if (entry.touched.length > 0) entry.order = patchOrder(store, sort, entry.order, entry.touched);
    entry.touched = [];
    kept.delete(key);
    kept.set(key, entry);
    for (const oldest of [...kept.keys()].slice(0, -KEPT_ORDERS)) kept.delete(oldest);
    return entry.order;
  }

  const isBy = ({ sort }: Kept, columns: readonly string[]): boolean =>
    sort.some(({ column }) => columns.includes(column));

  return {
    order,
    anyBy: (columns) => [...kept.values()].some((entry) => isBy(entry, columns)),
    touch(slots, columns) {
      if (slots.length === 0) return;
      for (const [key, entry] of kept) {
        if (columns !== null && !isBy(entry, columns)) continue;
        for (let at = 0; at < slots.length; at++) entry.touched.push(slots[at] ?? 0);
        // Sorting anew is cheaper than putting a third of the rows into place.
        if (entry.touched.length > 1000 + store.slots / 3) kept.delete(key);
      }
    },
  };
}
