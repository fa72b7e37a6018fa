import type { ColumnStore } from './column-store.ts';
import type { Sort } from './query.ts';
import { radixSort } from './radix-sort.ts';
import { nameKeys, numberKeys, slotComparator } from './sort-keys.ts';

/** All live slots in the order of `sort`. */
export function buildOrder(store: ColumnStore, sort: readonly Sort[]): Uint32Array {
  const live = liveSlots(store);
  if (sort[0]?.column === 'no') return radixSort(live, numberKeys(store, live, sort[0]));
  if (sort[0]?.column === 'display_name') return byName(store, live, sort[0].order);
  if (sort.some(({ column }) => column === 'display_name')) {
    return byName(store, live, 'asc').sort(slotComparator(store, sort));
  }
  let order = byName(store, live, 'asc');
  for (const one of sort.toReversed()) order = radixSort(order, numberKeys(store, order, one));
  return order;
}

/** The order after `touched` slots changed, appeared or died: they are taken out and put in again. */
export function patchOrder(store: ColumnStore, sort: readonly Sort[], order: Uint32Array, touched: readonly number[]): Uint32Array {
  const compare = slotComparator(store, sort);
  const distinct = [...new Set(touched)];
  const moved = new Uint8Array(store.slots);
  for (const slot of distinct) moved[slot] = 1;
  const entering = distinct.filter(store.isLive).sort(compare);
  const staying = order.filter((slot) => moved[slot] === 0);
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

function firstAfter(order: Uint32Array, slot: number, compare: (a: number, b: number) => number, from: number): number {
  let low = from;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] ?? 0, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function liveSlots(store: ColumnStore): Uint32Array {
  const slots = new Uint32Array(store.liveRows);
  let count = 0;
  for (let slot = 0; slot < store.slots; slot++) if (store.isLive(slot)) slots[count++] = slot;
  return slots;
}

function byName(store: ColumnStore, slots: Uint32Array, order: Sort['order']): Uint32Array {
  const keys = nameKeys(store, slots);
  const sorted = radixSort(slots, keys);
  const compare = slotComparator(store, []);
  forRuns(sorted, (a, b) => keys.high[a] === keys.high[b] && keys.low[a] === keys.low[b], (run) => run.sort(compare));
  if (order === 'asc') return sorted;
  sorted.reverse();
  // Rows of one name keep their ascending age.
  forRuns(sorted, (a, b) => store.name(a) === store.name(b), (run) => run.reverse());
  return sorted;
}

/** Calls back with each stretch of two or more neighbours that are alike. */
function forRuns(slots: Uint32Array, alike: (a: number, b: number) => boolean, visit: (run: Uint32Array) => void): void {
  let start = 0;
  for (let at = 1; at <= slots.length; at++) {
    if (at < slots.length && alike(slots[start] ?? 0, slots[at] ?? 0)) continue;
    if (at - start > 1) visit(slots.subarray(start, at));
    start = at;
  }
}
