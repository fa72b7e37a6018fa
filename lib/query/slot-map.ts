/** Row number → slot. Numbers are dense, so a typed array does; creations (negative) are few. */
export interface SlotMap {
  /** -1 when there is none. */
  get(no: number): number;
  set(no: number, slot: number): void;
  reserve(highestNo: number): void;
  /** The slots of all numbers, by number; null when not all of them are in the array. */
  ordered(order: 'asc' | 'desc'): Uint32Array | null;
}

// Beyond this a server's numbers are not dense, and an array of them would be a way to fill the memory.
const DENSE_LIMIT = 2 ** 26;

export function createSlotMap(): SlotMap {
  let dense = new Int32Array(1024);
  const sparse = new Map<number, number>();

  function reserve(highestNo: number): void {
    if (highestNo < dense.length || highestNo >= DENSE_LIMIT) return;
    const next = new Int32Array(Math.ceil(Math.max(highestNo + 1, dense.length * 1.25)));
    next.set(dense);
    dense = next;
  }

  return {
    get: (no) => (no >= 0 && no < DENSE_LIMIT ? (dense[no] ?? 0) - 1 : (sparse.get(no) ?? -1)),
    set(no, slot) {
      if (no < 0 || no >= DENSE_LIMIT) sparse.set(no, slot);
      else {
        reserve(no);
        dense[no] = slot + 1;
      }
    },
    reserve,
    ordered(order) {
      if (sparse.size > 0) return null;
      const slots = new Uint32Array(dense.length);
      let count = 0;
      if (order === 'asc') {
        for (let no = 0; no < dense.length; no++) if (dense[no] !== 0) slots[count++] = (dense[no] ?? 0) - 1;
      } else for (let no = dense.length - 1; no >= 0; no--) if (dense[no] !== 0) slots[count++] = (dense[no] ?? 0) - 1;
      return slots.slice(0, count);
    },
  };
}
