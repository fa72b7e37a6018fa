/**
 * Which element draws which row. A row that stays keeps its element. After a leap, when hardly one stays, the
 * elements pass to the rows that come, because to write new texts into elements costs less than to make some; else rows
 * that come get new ones, so that nobody's place among the others changes and the focus stays where it is.
 */
export function createRowSlots(): (indexes: readonly number[]) => ReadonlyMap<number, number> {
  let slots: ReadonlyMap<number, number> = new Map();
  let made = 0;
  return (indexes) => {
    const next = new Map<number, number>();
    for (const index of indexes) {
      const slot = slots.get(index);
      if (slot !== undefined) next.set(index, slot);
    }
    const kept = new Set(next.values());
    const free = next.size <= 1 ? [...slots.values()].filter((slot) => !kept.has(slot)) : [];
    for (const index of indexes) if (!next.has(index)) next.set(index, free.shift() ?? made++);
    slots = next;
    return slots;
  };
}
