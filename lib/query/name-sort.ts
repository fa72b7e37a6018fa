import type { ColumnStore } from './column-store.ts';
import { codePointRank, compareText } from './compare-text.ts';
import { giveBack } from './give-back.ts';
import { radixSort } from './radix-sort.ts';
import { ageOf } from './sort-keys.ts';

/** The words of the rows' keys: most of a name at six bits a unit. */
type Keys = readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
const WORDS = 4;

/** How units of a name are written into the words of a key. */
interface Spelling {
  readonly perWord: number;
  /** The word of the units from `at` on. A unit whose code others have too, and the end of the name, ends the key. */
  wordOf(text: string, at: number, end: number): number;
  /** Whether the word is full, and no unit in it ends the key. */
  goesOn(word: number): boolean;
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
/** By code: whether a key ends with it, as no unit is left or others have it too. */
const endsKey = new Uint8Array(64);
for (const code of [SHARED, BEYOND, ...codes]) if (code >= SHARED) endsKey[code & 63] = 1;
const usual: Spelling = {
  perWord: 5,
  // A loop that calls a function for each unit takes three times as long.
  wordOf(text, at, end) {
    let word = 0;
    for (let place = 0; place < 5; place++) {
      if (at >= end) return word << (6 * (5 - place));
      const unit = text.charCodeAt(at++);
      const code = unit < 128 ? (codes[unit] ?? 0) : BEYOND;
      word = (word << 6) | (code & 63);
      if (code >= SHARED) end = at;
    }
    return word;
  },
  goesOn: (word) => endsKey[word & 63] === 0,
};
/** For names in other scripts. */
const wide: Spelling = {
  perWord: 2,
  wordOf(text, at, end) {
    if (at >= end) return 0;
    const first = codePointRank(text.charCodeAt(at));
    const second = first === 0 || at + 1 >= end ? 0 : codePointRank(text.charCodeAt(at + 1));
    return (first << 16) | second;
  },
  // Only U+0000 looks like the end.
  goesOn: (word) => (word & 0xffff) !== 0,
};

/** `slots` by normalized name (code points), then age, both ascending. */
export function* sortByName(store: ColumnStore, slots: Uint32Array): Generator<void, Uint32Array> {
  const word = (): Uint32Array => new Uint32Array(store.slots);
  const words = { keys: [word(), word(), word(), word()], runOf: word() } as const;
  const order = slots.slice();
  yield* sortRuns(store, [order], 0, usual, words);
  giveBack(...words.keys, words.runOf);
  return order;
}

/** By slot. */
interface Words {
  readonly keys: Keys;
  /** Which of the runs that are sorted together the row is of. */
  readonly runOf: Uint32Array;
}

/**
 * Sorts runs of rows that agree in the first `depth` units, each in place. All together: most runs are of a few rows, for
 * which a sort of their own costs more than it sorts.
 */
function* sortRuns(
  store: ColumnStore,
  runs: readonly Uint32Array[],
  depth: number,
  spelling: Spelling,
  words: Words,
): Generator<void> {
  const slots = joined(runs, words.runOf);
  if (slots.length < SMALL_RUN) return yield* compareRuns(store, runs);
  const { keys } = words;
  for (let at = 0; at < slots.length; at += SLICE) {
    writeKeys(store, slots.subarray(at, at + SLICE), depth, spelling, keys);
    yield;
  }
  const sorted = yield* radixSort(slots, runs.length === 1 ? keys : [words.runOf, ...keys]);
  let from = 0;
  for (const run of runs) run.set(sorted.subarray(from, (from += run.length)));
  giveBack(slots, sorted);
  const longer: Uint32Array[] = [];
  const others: Uint32Array[] = [];
  for (const run of runs)
    forRuns(run, alike(keys), (rows) => (spelling.goesOn(keys[3][rows[0] ?? 0] ?? 0) ? longer : others).push(rows));
  yield;
  if (longer.length > 0) yield* sortRuns(store, longer, depth + spelling.perWord * WORDS, spelling, words);
  if (spelling === usual && others.length > 0) yield* sortRuns(store, others, depth, wide, words);
  else yield* compareRuns(store, others);
}

function* compareRuns(store: ColumnStore, runs: readonly Uint32Array[]): Generator<void> {
  let rows = 0;
  for (const run of runs) {
    compareSort(store, run);
    rows += run.length;
    if (rows < SMALL_RUN * 8) continue;
    rows = 0;
    yield;
  }
}

function joined(runs: readonly Uint32Array[], runOf: Uint32Array): Uint32Array {
  const slots = new Uint32Array(runs.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const [index, run] of runs.entries()) {
    slots.set(run, at);
    at += run.length;
    for (let of = 0; of < run.length; of++) runOf[run[of] ?? 0] = index;
  }
  return slots;
}

function alike([first, second, third, fourth]: Keys): (a: number, b: number) => boolean {
  return (a, b) => fourth[a] === fourth[b] && third[a] === third[b] && second[a] === second[b] && first[a] === first[b];
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
  { perWord, wordOf, goesOn }: Spelling,
  [first, second, third, fourth]: Keys,
): void {
  store.visitNames(slots, (slot, text, from, to) => {
    let at = from + depth;
    let word = (first[slot] = wordOf(text, at, to));
    word = second[slot] = goesOn(word) ? wordOf(text, (at += perWord), to) : 0;
    word = third[slot] = goesOn(word) ? wordOf(text, (at += perWord), to) : 0;
    fourth[slot] = goesOn(word) ? wordOf(text, at + perWord, to) : 0;
  });
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
