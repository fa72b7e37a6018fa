import type { ReactNode } from 'react';

export interface SortState {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

/** One column, as data. */
export interface GridColumn<Row> {
  readonly id: string;
  /** Shown in the header; with `hideTitle` only read aloud. */
  readonly title: string;
  readonly hideTitle?: boolean;
  /** A CSS grid track: `36px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  /** Numbers are right-aligned. */
  readonly align?: 'end';
  /** Order of the first click on the header; a column without it cannot be sorted by. */
  readonly firstOrder?: 'asc' | 'desc';
  /** Left out when the grid is narrower than this many pixels. */
  readonly hideBelow?: number;
  cell(row: Row, place: CellPlace): ReactNode;
  /** Instead of the title, for a control. */
  header?(): ReactNode;
}

export interface CellPlace {
  readonly index: number;
  readonly selected: boolean;
  /** Controls of the active row are in the tab order, those of the others are not. */
  readonly tabIndex: 0 | -1;
}

export function nextSort(column: Pick<GridColumn<never>, 'id' | 'firstOrder'>, current: SortState | null): SortState {
  const first = column.firstOrder ?? 'asc';
  if (current?.column !== column.id) return { column: column.id, order: first };
  return { column: column.id, order: current.order === 'asc' ? 'desc' : 'asc' };
}
