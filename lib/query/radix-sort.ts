import { giveBack } from './give-back.ts';

/** Words of 32 bits by slot, the most significant first; their unsigned order is the order of the rows. */
export type SortKeys = readonly Uint32Array[];

// With 65,536 places to write to, two passes a word, the counters fit no cache, and each pass takes several times as long.
const BITS = 11;
const DIGITS = 1 << BITS;
const SHIFTS = [0, BITS, 2 * BITS] as const;

/**
 * `slots` ordered by their keys (`keys[0][i]` is the first word of slot i's key), stable. Three passes a word, in
 * which the keys move along with the slots; a pass in which all rows have the same digit is left out. Pauses
 * between passes (some 10 ms each at a million rows).
 */
export function* radixSort(slots: Uint32Array, keys: SortKeys): Generator<void, Uint32Array> {
  // The caller's array is never written to.
  let from = { slots: slots.slice(), keys: new Uint32Array(slots.length) };
  let to = { slots: new Uint32Array(slots.length), keys: new Uint32Array(slots.length) };
  for (const word of keys.toReversed()) {
    for (const [pass, starts] of readKeys(word, from).entries()) {
      if (starts === null) continue;
      scatter(from, to, SHIFTS[pass] ?? 0, starts);
      [from, to] = [to, from];
      yield;
    }
  }
  giveBack(from.keys, to.keys, to.slots);
  return from.slots;
}

interface Keyed {
  readonly slots: Uint32Array;
  readonly keys: Uint32Array;
}

function scatter(from: Keyed, to: Keyed, shift: number, starts: Uint32Array): void {
  const { slots, keys } = from;
  const { slots: toSlots, keys: toKeys } = to;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const digit = (key >>> shift) & (DIGITS - 1);
    const place = starts[digit] ?? 0;
    starts[digit] = place + 1;
    toSlots[place] = slots[at] ?? 0;
    toKeys[place] = key;
  }
}

/** For each pass over this word, where each digit's rows begin, or null when all rows have one digit. */
function readKeys(word: Uint32Array, { slots, keys }: Keyed): (Uint32Array | null)[] {
  const [first, second, third] = [new Uint32Array(DIGITS), new Uint32Array(DIGITS), new Uint32Array(DIGITS)];
  for (let at = 0; at < keys.length; at++) {
    const key = word[slots[at] ?? 0] ?? 0;
    keys[at] = key;
    const low = key & (DIGITS - 1);
    const middle = (key >>> BITS) & (DIGITS - 1);
    const high = key >>> (2 * BITS);
    first[low] = (first[low] ?? 0) + 1;
    second[middle] = (second[middle] ?? 0) + 1;
    third[high] = (third[high] ?? 0) + 1;
  }
  return [first, second, third].map((counts) => toStarts(counts, keys.length));
}

function toStarts(counts: Uint32Array, total: number): Uint32Array | null {
  let start = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit] ?? 0;
    if (count === total) return null;
    counts[digit] = start;
    start += count;
  }
  return counts;
}
