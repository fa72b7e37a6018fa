/** Position of the row that something in the grid is part of, else null. */
export function rowIndexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[role=row][data-index]') : null;
  return row === null ? null : Number(row.dataset['index']);
}

/** Position of the row on the screen there, else null. */
export function rowIndexAt(x: number, y: number): number | null {
  return rowIndexOf(document.elementFromPoint(x, y));
}
