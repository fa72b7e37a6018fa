import type { SellerRow } from '#lib/query/query.ts';

/** What a stroke over rows has done so far. */
export interface PaintStroke {
  /** What the first row decided. */
  readonly flagged: boolean;
  /** Handles of the rows that it went over. */
  readonly nos: ReadonlySet<number>;
  /** Row that it is on; null when rows have moved under it since. */
  readonly index: number | null;
}

/** `index`: null when rows have moved under the pointer since it was pressed. */
export function beginStroke(index: number | null, row: Pick<SellerRow, 'no' | 'flagged'>): PaintStroke {
  return { flagged: !row.flagged, nos: new Set([row.no]), index };
}

/** On to another row, and over all between: the pointer is not heard of on each of them. */
export function strokeTo(
  stroke: PaintStroke,
  index: number,
  rowAt: (index: number) => Pick<SellerRow, 'no'> | undefined,
): PaintStroke {
  if (index === stroke.index) return stroke;
  const nos = new Set(stroke.nos);
  const from = stroke.index ?? index;
  for (let at = Math.min(from, index); at <= Math.max(from, index); at++) {
    const row = rowAt(at);
    if (row !== undefined) nos.add(row.no);
  }
  return { ...stroke, nos, index };
}

/** Makes rows look as the stroke leaves them; the same row looks the same each time, so that it is not drawn again. */
export function createPaintedRows() {
  const painted = new WeakMap<SellerRow, SellerRow>();
  return (stroke: PaintStroke | null, row: SellerRow): SellerRow => {
    if (stroke === null || row.flagged === stroke.flagged || !stroke.nos.has(row.no)) return row;
    const made = painted.get(row) ?? { ...row, flagged: stroke.flagged };
    painted.set(row, made);
    return made;
  };
}
