import type { ColumnStore } from './column-store.ts';
import { compareText } from './compare-text.ts';
import { giveBack } from './give-back.ts';
import type { NameKeys, Spelling } from './name-keys.ts';
import { createNameKeys, unitsOf, usual, wide, writeKey } from './name-keys.ts';
import { radixSort } from './radix-sort.ts';
import { ageOf } from './sort-keys.ts';

/** Below this a comparison sort is faster than the radix sort's counts. */
const SMALL_RUN = 2048;
/** Rows whose keys are made without a pause: some 10 ms. */
const SLICE = 1 << 17;

/** `slots` by normalized name (code points), then age, both ascending. */
export function* sortByName(store: ColumnStore, slots: Uint32Array): Generator<void, Uint32Array> {
  const written = store.takeNameKeys();
  const words = { keys: written ?? createNameKeys(store.slots), runOf: new Uint32Array(store.slots) };
  const order = slots.slice();
  try {
    yield* sortRuns(store, [order], 0, usual, words, written !== null);
  } finally {
    giveBack(...words.keys, words.runOf);
  }
  return order;
}

/** By slot. */
interface Words {
  readonly keys: NameKeys;
  /** Which of the runs that are sorted together the row is of. */
  readonly runOf: Uint32Array;
}

/**
 * Sorts runs of rows that agree in the first `depth` units, each in place. All together: most runs are of a few rows, for
 * which a sort of their own costs more than it sorts. `areWritten`: the keys are there.
 */
function* sortRuns(
  store: ColumnStore,
  runs: readonly Uint32Array[],
  depth: number,
  spelling: Spelling,
  words: Words,
  areWritten = false,
): Generator<void> {
  const slots = joined(runs, words.runOf);
  if (slots.length < SMALL_RUN) {
    yield* compareRuns(store, runs);
    return;
  }
  const { keys } = words;
  for (let at = 0; at < slots.length && !areWritten; at += SLICE) {
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
  if (longer.length > 0) yield* sortRuns(store, longer, depth + unitsOf(spelling), spelling, words);
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

function alike([first, second, third, fourth]: NameKeys): (a: number, b: number) => boolean {
  return (a, b) => fourth[a] === fourth[b] && third[a] === third[b] && second[a] === second[b] && first[a] === first[b];
}

function compareSort(store: ColumnStore, slots: Uint32Array): void {
  const rows = Array.from(slots, (slot) => ({ slot, name: store.name(slot), age: ageOf(store.no(slot)) }));
  rows.sort((a, b) => compareText(a.name, b.name) || a.age - b.age);
  rows.forEach(({ slot }, at) => {
    slots[at] = slot;
  });
}

function writeKeys(store: ColumnStore, slots: Uint32Array, depth: number, spelling: Spelling, keys: NameKeys): void {
  store.visitNames(slots, (slot, text, from, to) => writeKey(keys, spelling, slot, text, from + depth, to));
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
