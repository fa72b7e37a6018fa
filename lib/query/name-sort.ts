import type { ColumnStore } from './column-store.ts';
import { codePointRank, compareText } from './compare-text.ts';
import { giveBack } from './give-back.ts';
import type { SortKeys } from './radix-sort.ts';
import { radixSort } from './radix-sort.ts';
import { ageOf } from './sort-keys.ts';

/** Words of a key: most of a name at six bits a unit. */
const WORDS = 4;

/** How units of a name are written into a key of so many `bits` each. */
interface Spelling {
  readonly bits: 6 | 16;
  readonly perWord: number;
  /** With `SHARED` where other units have the code too. Such a unit, and the end of the name, ends the key. */
  codeOf(unit: number): number;
}

/** Below this a comparison sort is faster than the radix sort's counts. */
const SMALL_RUN = 2048;
/** Rows whose keys are made without a pause: some 10 ms. */
const SLICE = 1 << 17;

/**
 * Codes of six bits whose order is that of the units. Those in `OWN` are what eBay allows in a username and
 * a space; every other unit shares a code with its neighbours.
 */
const OWN = ' !*-._0123456789abcdefghijklmnopqrstuvwxyz';
const SHARED = 1 << 16;
const codes = new Uint32Array(128);
for (let unit = 0, code = 0, sharing = false; unit < codes.length; unit++) {
  const own = OWN.includes(String.fromCharCode(unit));
  if (own || !sharing) code += 1;
  sharing = !own;
  codes[unit] = own ? code : code | SHARED;
}
/** All units from 128 on. */
const BEYOND = 63 | SHARED;
const usual: Spelling = {
  bits: 6,
  perWord: 5,
  codeOf: (unit) => (unit < 128 ? (codes[unit] ?? 0) : BEYOND),
};
const sharedCodes = new Set([...codes, BEYOND].flatMap((code) => (code >= SHARED ? [code & 63] : [])));
/** For names in other scripts. */
const wide: Spelling = { bits: 16, perWord: 2, codeOf: (unit) => (unit === 0 ? SHARED : codePointRank(unit)) };

/** `slots` by normalized name (code points), then age, both ascending. */
export function* sortByName(store: ColumnStore, slots: Uint32Array): Generator<void, Uint32Array> {
  const keys = Array.from({ length: WORDS }, () => new Uint32Array(store.slots));
  const order = slots.slice();
  yield* sortFrom(store, order, 0, usual, keys);
  giveBack(...keys);
  return order;
}

/** Sorts rows whose names agree in the first `depth` units, in place. */
function* sortFrom(
  store: ColumnStore,
  slots: Uint32Array,
  depth: number,
  spelling: Spelling,
  keys: Uint32Array[],
): Generator<void> {
  if (slots.length < SMALL_RUN) return compareSort(store, slots);
  for (let at = 0; at < slots.length; at += SLICE) {
    writeKeys(store, slots.subarray(at, at + SLICE), depth, spelling, keys);
    yield;
  }
  slots.set(yield* radixSort(slots, keys));
  const runs: Uint32Array[] = [];
  forRuns(slots, alike(keys), (run) => runs.push(run));
  yield;
  let sorted = 0;
  for (const run of runs) {
    if (saysAll(keys, run[0] ?? 0, spelling))
      yield* sortFrom(store, run, depth + spelling.perWord * WORDS, spelling, keys);
    else if (spelling === usual) yield* sortFrom(store, run, depth, wide, keys);
    else compareSort(store, run);
    sorted += run.length;
    if (sorted < SMALL_RUN * 8) continue;
    sorted = 0;
    yield;
  }
}

function alike([first, second, third, fourth]: SortKeys): (a: number, b: number) => boolean {
  return (a, b) =>
    fourth?.[a] === fourth?.[b] &&
    third?.[a] === third?.[b] &&
    second?.[a] === second?.[b] &&
    first?.[a] === first?.[b];
}

function compareSort(store: ColumnStore, slots: Uint32Array): void {
  const rows = Array.from(slots, (slot) => ({ slot, name: store.name(slot), age: ageOf(store.no(slot)) }));
  rows.sort((a, b) => compareText(a.name, b.name) || a.age - b.age);
  rows.forEach(({ slot }, at) => {
    slots[at] = slot;
  });
}

function writeKeys(
  store: ColumnStore,
  slots: Uint32Array,
  depth: number,
  { bits, perWord, codeOf }: Spelling,
  keys: readonly Uint32Array[],
): void {
  const mask = (1 << bits) - 1;
  store.visitNames(slots, (slot, text, from, to) => {
    let at = from + depth;
    let end = to;
    for (let word = 0; word < WORDS; word++) {
      let key = 0;
      for (let place = 0; place < perWord; place++) {
        const code = at < end ? codeOf(text.charCodeAt(at++)) : 0;
        if (code >= SHARED) end = at;
        key = (key << bits) | (code & mask);
      }
      const into = keys[word];
      if (into !== undefined) into[slot] = key;
    }
  });
}

/** Whether no name ends within the key and no unit of it shares its code. Either ends the key, so its last code tells. */
function saysAll(keys: SortKeys, slot: number, { bits }: Spelling): boolean {
  const last = (keys.at(-1)?.[slot] ?? 0) & ((1 << bits) - 1);
  return last !== 0 && (bits === 16 || !sharedCodes.has(last));
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
