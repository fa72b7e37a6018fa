import type { ColumnStore } from './column-store.ts';
import { giveBack } from './give-back.ts';
import type { Sort } from './query.ts';
import { forRuns, sortByName } from './name-sort.ts';
import { radixSort } from './radix-sort.ts';
import { numberKeys, slotComparator } from './sort-keys.ts';

export const byNameAscending: readonly Sort[] = [{ column: 'display_name', order: 'asc' }];

/** Whether the order is made from that by name. */
export const isMadeFromNames = (sort: readonly Sort[]): boolean => sort[0]?.column !== 'no';

/**
 * All rows' slots in the order of `sort`, those that are not alive too: so 50,000 deleted rows, or brought back, cost
 * no sorting. `byName` gives them by name, ascending: ties are broken by it. Pauses every 10 ms or so.
 */
export function* buildOrder(
  store: ColumnStore,
  sort: readonly Sort[],
  byName: () => Generator<void, Uint32Array>,
): Generator<void, Uint32Array> {
  const [first] = sort;
  if (first?.column === 'display_name' && sort.length === 1)
    return first.order === 'asc' ? yield* sortByName(store, allSlots(store)) : reversedNames(store, yield* byName());
  if (first?.column === 'no') {
    return store.byNumber(first.order) ?? (yield* sortBy(store, allSlots(store), first));
  }
  const named = sort.findIndex(({ column }) => column === 'display_name');
  const direction = sort[named]?.order ?? 'asc';
  let order = yield* byName();
  if (direction === 'desc') order = reversedNames(store, order);
  for (const one of sort.slice(0, named < 0 ? sort.length : named).toReversed())
    order = yield* sortBy(store, order, one);
  // What comes after the name decides among rows of one name alone: deleted ones, and creations of a known name.
  return named >= 0 && named < sort.length - 1 ? sortedRuns(store, order, slotComparator(store, sort)) : order;
}

function sortedRuns(store: ColumnStore, order: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  const sorted = order.slice();
  forRuns(sorted, isSameName(store), (run) => run.sort(compare));
  return sorted;
}

const isSameName =
  (store: ColumnStore) =>
  (a: number, b: number): boolean =>
    store.name(a) === store.name(b);

function* sortBy(store: ColumnStore, slots: Uint32Array, sort: Sort): Generator<void, Uint32Array> {
  const keys = yield* numberKeys(store, slots, sort);
  const order = yield* radixSort(slots, keys);
  giveBack(...keys);
  return order;
}

/** The order after `touched` slots changed or appeared: they are taken out and put in again. */
export function patchOrder(
  store: ColumnStore,
  sort: readonly Sort[],
  order: Uint32Array,
  touched: readonly number[],
): Uint32Array {
  const compare = slotComparator(store, sort);
  const entering = [...new Set(touched)].sort(compare);
  const moved = new Uint8Array(store.slots);
  for (const slot of entering) moved[slot] = 1;
  const staying = without(order, moved);
  const next = new Uint32Array(staying.length + entering.length);
  let from = 0;
  for (const [done, slot] of entering.entries()) {
    const place = firstAfter(staying, slot, compare, from);
    next.set(staying.subarray(from, place), from + done);
    next[place + done] = slot;
    from = place;
  }
  next.set(staying.subarray(from), from + entering.length);
  return next;
}

// A loop: the array's own filter calls a function for each of a million rows.
function without(order: Uint32Array, moved: Uint8Array): Uint32Array {
  const kept = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const slot = order[at] ?? 0;
    if (moved[slot] === 0) kept[count++] = slot;
  }
  return kept.subarray(0, count);
}

/** Place of the first of `order`, from `from` on, that does not come before the slot. */
export function firstAfter(
  order: Uint32Array,
  slot: number,
  compare: (a: number, b: number) => number,
  from: number,
): number {
  let low = from;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] ?? 0, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Without those that no row has yet, if that is known: then a list of all rows is the order itself. */
function allSlots(store: ColumnStore): Uint32Array {
  const known = store.byNumber('asc');
  if (known !== null) return known;
  const slots = new Uint32Array(store.slots);
  for (let slot = 0; slot < slots.length; slot++) slots[slot] = slot;
  return slots;
}

function reversedNames(store: ColumnStore, ascending: Uint32Array): Uint32Array {
  const order = ascending.toReversed();
  // Rows of one name keep their ascending age.
  forRuns(order, isSameName(store), (run) => run.reverse());
  return order;
}
