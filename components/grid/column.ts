import type { ReactNode } from 'react';

export interface SortState {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

interface ColumnBase {
  readonly id: string;
  /** Shown in the header; with `hideTitle` only read aloud. */
  readonly title: string;
  readonly hideTitle?: boolean;
  /** Pixels, unless the person chose others. */
  readonly width: number;
  /** Where there is room it grows to so many times its width; the eye must still find the cells of a row on a wide screen. */
  readonly grow?: number;
  /** Numbers are right-aligned. */
  readonly align?: 'end';
  /** Order of the first click on the header; a column without it cannot be sorted by. */
  readonly firstOrder?: 'asc' | 'desc';
  /** Not shown until the person asks for it. */
  readonly startsHidden?: boolean;
  /** F2 is the page's, to edit the cell; it leads to no controls. */
  readonly hasEditor?: boolean;
  /** Instead of the title, for an icon. */
  header?(): ReactNode;
}

/** Its cells show a text and nothing else. Written without React, which costs little while rows rush by. */
interface TextColumn<Row> {
  /** null: not known. */
  text(row: Row): string | null;
  readonly isMuted?: boolean;
}

interface NodeColumn<Row> {
  cell(row: Row, place: CellPlace): ReactNode;
}

/** One column, as data. The first of them stays in view while the others scroll sideways. */
export type GridColumn<Row> = ColumnBase & (TextColumn<Row> | NodeColumn<Row>);

export interface CellPlace {
  readonly index: number;
  readonly selected: boolean;
  /** For the controls in a cell: the cell itself has the keyboard, F2 leads to them. */
  readonly tabIndex: -1;
}

type Sortable = Pick<GridColumn<never>, 'id' | 'firstOrder'>;

/** The order after a click on the column's header; `adds`: as a further key, below those that are there. */
export function nextSort(column: Sortable, current: readonly SortState[], adds: boolean): readonly SortState[] {
  const { id, firstOrder = 'asc' } = column;
  const before = current.find((key) => key.column === id);
  const turned = {
    column: id,
    order: before === undefined ? firstOrder : before.order === 'asc' ? 'desc' : 'asc',
  } as const;
  if (!adds) return [turned];
  if (before === undefined) return [...current, turned];
  // The third time it leaves the order, unless it is all of it.
  if (before.order !== firstOrder && current.length > 1) return current.filter((key) => key !== before);
  return current.map((key) => (key === before ? turned : key));
}
