import type { ColumnStore } from './column-store.ts';
import type { Sort } from './query.ts';
import { buildOrder, byNameAscending, patchOrder } from './sort-order.ts';

/** The orders asked for lately, so that going back to one costs nothing. */
export interface OrderCache {
  /** At once, whatever it takes. */
  order(sort: readonly Sort[]): Uint32Array;
  /** The same with pauses, in which rows may change; at its end the order is kept. */
  build(sort: readonly Sort[]): Generator<void, Uint32Array>;
  /** Rows appeared, or changed: in these columns alone, or (null) in any. */
  touch(slots: ArrayLike<number>, columns: readonly string[] | null): void;
  /** Forgets every order. */
  clear(): void;
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
  /** What it was made from is no longer there. */
  isStale: boolean;
}

export function createOrderCache(store: ColumnStore): OrderCache {
  const kept = new Map<string, Kept>();
  /** Orders being made; rows that change in a pause are put into their places at the end. */
  const unfinished = new Set<Kept>();

  function keep(key: string, entry: Kept): Uint32Array {
    if (entry.touched.length > 0) entry.order = patchOrder(store, entry.sort, entry.order, entry.touched);
    entry.touched = [];
    kept.delete(key);
    kept.set(key, entry);
    for (const oldest of [...kept.keys()].slice(0, -KEPT_ORDERS)) kept.delete(oldest);
    return entry.order;
  }

  function* build(sort: readonly Sort[]): Generator<void, Uint32Array> {
    const key = JSON.stringify(sort.map((one) => [one.column, one.order]));
    const known = kept.get(key);
    if (known !== undefined) return keep(key, known);
    const entry: Kept = { sort, order: new Uint32Array(0), touched: [], isStale: false };
    unfinished.add(entry);
    try {
      do {
        entry.isStale = false;
        entry.touched = [];
        entry.order = yield* buildOrder(store, sort, () => build(byNameAscending));
      } while (entry.isStale);
      return keep(key, entry);
    } finally {
      unfinished.delete(entry);
    }
  }

  const isBy = ({ sort }: Kept, columns: readonly string[]): boolean =>
    sort.some(({ column }) => columns.includes(column));

  return {
    order: (sort) => finish(build(sort)),
    build,
    anyBy: (columns) => [...kept.values(), ...unfinished].some((entry) => isBy(entry, columns)),
    clear() {
      kept.clear();
      for (const entry of unfinished) entry.isStale = true;
    },
    touch(slots, columns) {
      if (slots.length === 0) return;
      for (const entry of [...kept.values(), ...unfinished]) {
        if (columns !== null && !isBy(entry, columns)) continue;
        for (let at = 0; at < slots.length; at++) entry.touched.push(slots[at] ?? 0);
      }
      // Sorting anew is cheaper than putting a third of the rows into place.
      for (const [key, { touched }] of kept) if (touched.length > 1000 + store.slots / 3) kept.delete(key);
    },
  };
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
