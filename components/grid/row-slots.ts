/** A row that is to be drawn; its handle is null while it is being read. */
interface DrawnRow {
  readonly index: number;
  readonly handle: number | null;
}

/**
 * Which element draws the row at which position. A row keeps its element wherever it moves, and with it the focus and
 * what is being typed there; one that takes the place of a row that is gone, or of a grey one, takes its element too.
 * After a leap, when hardly one stays, the elements pass to the rows that come, because to write new texts into
 * elements costs less than to make some; else rows that come get new ones, so that nobody's place among the others
 * changes.
 */
export function createRowSlots(): (rows: readonly DrawnRow[]) => ReadonlyMap<number, number> {
  let byHandle: ReadonlyMap<number, number> = new Map();
  let byIndex: ReadonlyMap<number, number> = new Map();
  let made = 0;
  return (rows) => {
    const next = new Map<number, number>();
    const taken = new Set<number>();
    const give = (index: number, slot: number | undefined): void => {
      if (slot === undefined || next.has(index) || taken.has(slot)) return;
      next.set(index, slot);
      taken.add(slot);
    };
    for (const { index, handle } of rows) if (handle !== null) give(index, byHandle.get(handle));
    for (const { index } of rows) give(index, byIndex.get(index));
    const free = next.size <= 1 ? [...byIndex.values()].filter((slot) => !taken.has(slot)) : [];
    for (const { index } of rows) if (!next.has(index)) next.set(index, free.shift() ?? made++);
    byIndex = next;
    byHandle = new Map(rows.flatMap(({ index, handle }) => (handle === null ? [] : [[handle, next.get(index) ?? 0]])));
    return next;
  };
}
