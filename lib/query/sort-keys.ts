import type { CodeColumnName, ColumnStore } from './column-store.ts';
import { isCodeColumn, isNumberColumn } from './column-store.ts';
import { compareText } from './compare-text.ts';
import type { SortKeys } from './radix-sort.ts';
import type { Sort } from './query.ts';

/** What one column sorts by: a number, a text, or null (last in both orders). */
export type SortValue = number | string | null;

/** Creations that the server has not confirmed (negative) count as newer than every confirmed row. */
export const ageOf = (no: number): number => (no >= 0 ? no : 2 ** 40 - no);

/** Reads the value that `column` sorts by. An unknown column sorts as empty, so the tie-break decides. */
export function sortValueReader(store: ColumnStore, column: string): (slot: number) => SortValue {
  if (column === 'no') return (slot) => ageOf(store.no(slot));
  if (column === 'display_name') return store.name;
  if (column === 'flagged') return (slot) => Number(store.isFlagged(slot));
  if (isNumberColumn(column)) return store.number(column).get;
  if (isCodeColumn(column)) return store.code(column).get;
  return () => null;
}

export function compareValues(a: SortValue, b: SortValue, order: Sort['order']): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const ascending = typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : a < b ? -1 : 1;
  return order === 'asc' ? ascending : -ascending;
}

/** The whole order: the sort's columns, then normalized name, then age. */
export function slotComparator(store: ColumnStore, sort: readonly Sort[]): (a: number, b: number) => number {
  const columns = [...sort, ...tieBreak].map(({ column, order }) => ({ read: sortValueReader(store, column), order }));
  return (a, b) => {
    for (const { read, order } of columns) {
      const result = compareValues(read(a), read(b), order);
      if (result !== 0) return result;
    }
    return 0;
  };
}

export const tieBreak: readonly Sort[] = [
  { column: 'display_name', order: 'asc' },
  { column: 'no', order: 'asc' },
];

/** Rows whose keys are made without a pause: some 10 ms. */
const SLICE = 1 << 18;

/** Keys whose unsigned order is the order of the column's values; for every column but names. */
export function* numberKeys(store: ColumnStore, slots: Uint32Array, sort: Sort): Generator<void, SortKeys> {
  const whole = wholeReader(store, sort.column);
  return whole === null ? yield* twoWords(store, slots, sort) : yield* oneWord(store, slots, whole, sort.order);
}

function* oneWord(
  store: ColumnStore,
  slots: Uint32Array,
  read: (slot: number) => number | null,
  order: Sort['order'],
): Generator<void, SortKeys> {
  const word = new Uint32Array(store.slots);
  const flip = order === 'desc' ? 0x7fffffff : 0x80000000;
  for (let at = 0; at < slots.length; at++) {
    if (at % SLICE === SLICE - 1) yield;
    const slot = slots[at] ?? 0;
    const number = read(slot);
    word[slot] = number === null ? 0xffffffff : number ^ flip;
  }
  return [word];
}

function* twoWords(store: ColumnStore, slots: Uint32Array, { column, order }: Sort): Generator<void, SortKeys> {
  const read = sortValueReader(store, column);
  const high = new Uint32Array(store.slots);
  const low = new Uint32Array(store.slots);
  const value = new Float64Array(1);
  const [lowHalf, highHalf] = halves(value);
  const flip = order === 'desc' ? 0xffffffff : 0;
  for (let at = 0; at < slots.length; at++) {
    if (at % SLICE === SLICE - 1) yield;
    const slot = slots[at] ?? 0;
    const number = read(slot);
    if (typeof number !== 'number') {
      high[slot] = low[slot] = 0xffffffff;
      continue;
    }
    value[0] = number + 0; // -0 and 0 are one value
    const upper = highHalf[0] ?? 0;
    // IEEE 754: flipping the sign bit of positives and all bits of negatives makes the bits order as the numbers.
    const sign = upper >>> 31 === 1 ? 0xffffffff : 0;
    high[slot] = (upper ^ (sign | 0x80000000) ^ flip) >>> 0;
    low[slot] = ((lowHalf[0] ?? 0) ^ sign ^ flip) >>> 0;
  }
  return [high, low];
}

/** Reads what `column` sorts by where that is a whole number of four bytes (never the least or the greatest) in every row. */
function wholeReader(store: ColumnStore, column: string): ((slot: number) => number | null) | null {
  if (isCodeColumn(column)) return rankReader(store, column);
  if (column === 'flagged') return (slot) => Number(store.isFlagged(slot));
  if (column === 'no') return store.hasOtherNos ? null : store.no;
  return isNumberColumn(column) ? store.number(column).whole() : null;
}

function rankReader(store: ColumnStore, column: CodeColumnName): (slot: number) => number | null {
  const codes = store.code(column);
  const ranks = codes.ranks();
  return (slot) => ranks[codes.code(slot)] ?? null;
}

function halves(value: Float64Array<ArrayBuffer>): [Uint32Array, Uint32Array] {
  // Typed arrays are little-endian on every machine that runs a browser we support.
  return [new Uint32Array(value.buffer, 0, 1), new Uint32Array(value.buffer, 4, 1)];
}
