/** A row in view, or near it. */
interface PlacedRow {
  readonly index: number;
  /** null while it is being read. */
  readonly handle: number | null;
  /** Whether it is drawn; one that is being read mostly is not. */
  readonly isDrawn: boolean;
  /** In view, or with the focus: its element is made before others. */
  readonly isUrgent?: boolean;
}

/**
 * Which element draws the row at which position; of a row that is not drawn, the spare one that waits for it, if there is
 * any. A row keeps its element wherever it moves, and with it the focus and what is being typed there; one that takes the
 * place of a row that is gone, or of a grey one, takes its element too. Elements of rows that are gone pass to those that
 * come below all that stay, and after a leap, when hardly one stays, to any: to write new texts into elements costs less
 * than to make some. Above rows that stay new ones are made, so that nobody's place among the others changes, but for more
 * than `atOnce`, which are the most that are made in one call; rows that are left without one get it in the next calls.
 */
export function createRowSlots(
  atOnce = Number.POSITIVE_INFINITY,
): (rows: readonly PlacedRow[]) => ReadonlyMap<number, number> {
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
    const free = [...byIndex.values()].filter((slot) => !taken.has(slot));
    const below = next.size <= 1 ? -1 : Math.max(...next.keys());
    const isMany = rows.filter(({ index, isDrawn }) => isDrawn && index < below && !next.has(index)).length > atOnce;
    for (const { index } of rows) {
      const slot = (isMany || index > below) && !next.has(index) ? free.shift() : undefined;
      if (slot !== undefined) next.set(index, slot);
    }
    const without = rows.filter(({ index, isDrawn }) => isDrawn && !next.has(index));
    const ordered = [...without.filter(({ isUrgent }) => isUrgent), ...without.filter(({ isUrgent }) => !isUrgent)];
    for (const { index } of ordered.slice(0, atOnce)) next.set(index, made++);
    const placed = rows.flatMap((row) => ({ ...row, slot: next.get(row.index) ?? -1 })).filter(({ slot }) => slot >= 0);
    // As they are in the document: passed on in this order, none has to move there.
    byIndex = new Map(placed.map(({ index, slot }) => [index, slot]));
    byHandle = new Map(placed.flatMap(({ handle, slot }) => (handle === null ? [] : [[handle, slot]])));
    return byIndex;
  };
}
