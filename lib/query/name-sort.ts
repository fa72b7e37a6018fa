import type { ColumnStore } from './column-store.ts';
import type { SortKeys } from './radix-sort.ts';
import { radixSort } from './radix-sort.ts';
import { ageOf } from './sort-keys.ts';

/** Units of a name that one radix sort looks at: a byte each, eight to a key. */
const STRIDE = 8;
/** Below this a comparison sort is faster than the radix sort's counts. */
const SMALL_RUN = 2048;

/** `slots` by normalized name (UTF-16 code units), then age, both ascending. */
export function sortByName(store: ColumnStore, slots: Uint32Array): Uint32Array {
  const keys = { high: new Uint32Array(store.slots), low: new Uint32Array(store.slots) };
  const order = slots.slice();
  sortFrom(store, order, 0, keys);
  return order;
}

/** Sorts rows whose names agree in the first `depth` units, in place. */
function sortFrom(store: ColumnStore, slots: Uint32Array, depth: number, keys: SortKeys): void {
  if (slots.length < SMALL_RUN) return compareSort(store, slots);
  for (const slot of slots) writeKey(store.name(slot), depth, slot, keys);
  slots.set(radixSort(slots, keys));
  const runs: Uint32Array[] = [];
  forRuns(
    slots,
    (a, b) => keys.high[a] === keys.high[b] && keys.low[a] === keys.low[b],
    (run) => runs.push(run),
  );
  for (const run of runs) {
    // Deeper only where the key says all there is to say: no name ends within it and no unit was too large for a byte.
    if (isPlain(keys, run[0] ?? 0)) sortFrom(store, run, depth + STRIDE, keys);
    else compareSort(store, run);
  }
}

function compareSort(store: ColumnStore, slots: Uint32Array): void {
  const rows = Array.from(slots, (slot) => ({ slot, name: store.name(slot), age: ageOf(store.no(slot)) }));
  rows.sort((a, b) => (a.name === b.name ? a.age - b.age : a.name < b.name ? -1 : 1));
  rows.forEach(({ slot }, at) => {
    slots[at] = slot;
  });
}

/** A unit of 255 or more ends the key, so that equal keys never hide a difference before their end. */
function writeKey(name: string, depth: number, slot: number, keys: SortKeys): void {
  const high = prefixOf(name, depth);
  keys.high[slot] = high;
  keys.low[slot] = hasByte(high, 0xff) ? 0 : prefixOf(name, depth + 4);
}

function prefixOf(name: string, from: number): number {
  let key = 0;
  for (let at = from; at < from + 4; at++) {
    const unit = at < name.length ? name.charCodeAt(at) : 0;
    if (unit >= 0xff) return (key * 256 + 0xff) * 256 ** (from + 3 - at);
    key = key * 256 + unit;
  }
  return key;
}

function isPlain(keys: SortKeys, slot: number): boolean {
  return [keys.high[slot] ?? 0, keys.low[slot] ?? 0].every((half) => !hasByte(half, 0) && !hasByte(half, 0xff));
}

function hasByte(half: number, byte: number): boolean {
  return (
    half >>> 24 === byte || ((half >>> 16) & 0xff) === byte || ((half >>> 8) & 0xff) === byte || (half & 0xff) === byte
  );
}

/** Calls back with each stretch of two or more neighbours that are alike. */
export function forRuns(
  slots: Uint32Array,
  alike: (a: number, b: number) => boolean,
  visit: (run: Uint32Array) => void,
): void {
  let start = 0;
  for (let at = 1; at <= slots.length; at++) {
    if (at < slots.length && alike(slots[start] ?? 0, slots[at] ?? 0)) continue;
    if (at - start > 1) visit(slots.subarray(start, at));
    start = at;
  }
}
