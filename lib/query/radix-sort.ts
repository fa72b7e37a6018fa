/** Words of 32 bits by slot, the most significant first; their unsigned order is the order of the rows. */
export type SortKeys = readonly Uint32Array[];

/**
 * `slots` ordered by their keys (`keys[0][i]` is the first word of slot i's key), stable. Two passes of 16 bits
 * a word; a pass in which all rows have the same digit costs one count. Pauses between passes (some 10 ms each
 * at a million rows).
 */
export function* radixSort(slots: Uint32Array, keys: SortKeys): Generator<void, Uint32Array> {
  let from: Uint32Array = slots;
  let to: Uint32Array = new Uint32Array(slots.length);
  for (const word of keys.toReversed()) {
    for (const shift of [0, 16]) {
      const starts = countDigits(from, word, shift);
      if (starts === null) continue;
      for (const slot of from) {
        const digit = ((word[slot] ?? 0) >>> shift) & 0xffff;
        const place = starts[digit] ?? 0;
        to[place] = slot;
        starts[digit] = place + 1;
      }
      // The caller's array is never written to.
      [from, to] = [to, from === slots ? new Uint32Array(slots.length) : from];
      yield;
    }
  }
  return from === slots ? slots.slice() : from;
}

/** Where each digit's rows begin, or null when all rows have one digit. */
function countDigits(slots: Uint32Array, word: Uint32Array, shift: number): Uint32Array | null {
  const counts = new Uint32Array(0x10000);
  for (const slot of slots) {
    const digit = ((word[slot] ?? 0) >>> shift) & 0xffff;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  let start = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit] ?? 0;
    if (count === slots.length) return null;
    counts[digit] = start;
    start += count;
  }
  return counts;
}
