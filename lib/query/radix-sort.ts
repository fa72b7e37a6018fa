/** Keys of 64 bits in two halves; unsigned order of (high, low) is the order of the rows. */
export interface SortKeys {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/**
 * `slots` ordered by their keys (`keys.high[i]` is the key of slot i), stable. Four passes of 16 bits;
 * a pass in which all rows have the same digit costs one count.
 */
export function radixSort(slots: Uint32Array, keys: SortKeys): Uint32Array {
  let from: Uint32Array = slots;
  let to: Uint32Array = new Uint32Array(slots.length);
  for (const [half, shift] of [
    [keys.low, 0],
    [keys.low, 16],
    [keys.high, 0],
    [keys.high, 16],
  ] as const) {
    const starts = countDigits(from, half, shift);
    if (starts === null) continue;
    for (const slot of from) {
      const digit = ((half[slot] ?? 0) >>> shift) & 0xffff;
      const place = starts[digit] ?? 0;
      to[place] = slot;
      starts[digit] = place + 1;
    }
    // The caller's array is never written to.
    [from, to] = [to, from === slots ? new Uint32Array(slots.length) : from];
  }
  return from === slots ? slots.slice() : from;
}

/** Where each digit's rows begin, or null when all rows have one digit. */
function countDigits(slots: Uint32Array, half: Uint32Array, shift: number): Uint32Array | null {
  const counts = new Uint32Array(0x10000);
  for (const slot of slots) {
    const digit = ((half[slot] ?? 0) >>> shift) & 0xffff;
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
