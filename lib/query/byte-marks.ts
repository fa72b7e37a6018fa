/* Marks: a byte of 0 or 1 for each slot; where it is worth it, four are looked at as one word. */

/** Leaves the marks that both have. */
export function keepBoth(marks: Uint8Array, other: Uint8Array): void {
  const words = marks.length >> 2;
  const into = new Uint32Array(marks.buffer, 0, words);
  const from = new Uint32Array(other.buffer, 0, words);
  for (let at = 0; at < words; at++) into[at] = (into[at] ?? 0) & (from[at] ?? 0);
  for (let at = words * 4; at < marks.length; at++) marks[at] = (marks[at] ?? 0) & (other[at] ?? 0);
}

/** Leaves the marks that the other does not have. */
export function keepOthers(marks: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < marks.length; at++) marks[at] = (marks[at] ?? 0) & ~(other[at] ?? 0);
}

export function countMarks(marks: Uint8Array): number {
  const words = marks.length >> 2;
  const four = new Uint32Array(marks.buffer, 0, words);
  let count = 0;
  for (let at = 0; at < words; at++) count += Math.imul(four[at] ?? 0, 0x01010101) >>> 24;
  for (let at = words * 4; at < marks.length; at++) count += marks[at] ?? 0;
  return count;
}

/** The slots of `order` that are marked, in that order; at most `count` of them. `order` itself if it has no others. */
export function pickMarked(order: Uint32Array, marks: Uint8Array, count: number): Uint32Array {
  // As many as are marked need not be those that are: while rows are read, an order may be older than the marks.
  if (count === order.length && areMarked(order, marks)) return order;
  const picked = new Uint32Array(count + 1);
  let at = 0;
  // Without a branch: each is written, and the next one over it unless it counts.
  for (let place = 0; place < order.length && at < count; place++) {
    const slot = order[place] ?? 0;
    picked[at] = slot;
    at += marks[slot] ?? 0;
  }
  return picked.subarray(0, at);
}

function areMarked(slots: Uint32Array, marks: Uint8Array): boolean {
  for (let at = 0; at < slots.length; at++) if (marks[slots[at] ?? 0] !== 1) return false;
  return true;
}
