/**
 * Which element draws which row. A row that stays keeps its element, so the one with the focus keeps the focus; the
 * others pass to the rows that come, because to write new texts into elements costs less than to make some.
 */
export function createRowSlots(): (indexes: readonly number[]) => ReadonlyMap<number, number> {
  let slots: ReadonlyMap<number, number> = new Map();
  return (indexes) => {
    const next = new Map<number, number>();
    for (const index of indexes) {
      const slot = slots.get(index);
      if (slot !== undefined) next.set(index, slot);
    }
    const taken = new Set(next.values());
    let free = 0;
    for (const index of indexes) {
      if (next.has(index)) continue;
      while (taken.has(free)) free += 1;
      next.set(index, free++);
    }
    slots = next;
    return slots;
  };
}
