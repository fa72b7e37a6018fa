import { rowIndexOf } from '#components/grid/drag-rows.ts';

/** Position of the row on the screen there, else null. */
export function rowIndexAt(x: number, y: number): number | null {
  return rowIndexOf(document.elementFromPoint(x, y));
}
