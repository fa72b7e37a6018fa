import type { NumberRuns } from '#lib/shared/number-runs.ts';
import type { GridColumn, SortState } from './column.ts';
import type { ColumnLayout } from './column-layout.ts';
import type { Selection } from './selection.ts';

export interface GridProps<Row> {
  /** Accessible name; also names the grid whose place is remembered. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** How the person has arranged them. */
  readonly layout: ColumnLayout;
  /** null: as it was first. */
  readonly onLayout: (layout: ColumnLayout | null) => void;
  /** Rows in all, drawn or not. */
  readonly count: number;
  /** Names the list: another one begins at its first row. */
  readonly listKey: string;
  /** Grows when the first row is asked for, as by the Home key. */
  readonly jumps?: number;
  /** Grows when rows change or move. */
  readonly revision: number;
  /** Positions by which the rows in view have moved on so far; they stay where they are on the screen. */
  readonly moved?: number;
  /** The row at a position, or undefined while it is being read. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly handleOf: (row: Row) => number;
  /** Names the row to a screen reader. */
  readonly labelOf: (row: Row) => string;
  readonly classOf?: (row: Row) => string | undefined;
  /** Class of a background that is shown in place of the usual one. */
  readonly tintOf?: (row: Row) => string | undefined;
  /** Rows `first` to `last` (exclusive) are in view. */
  readonly onVisible: (first: number, last: number) => void;
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  readonly runsBetween: (from: number, to: number) => Promise<NumberRuns>;
  /** Position of a handle among the rows at hand, -1 when it is not of them. */
  readonly indexOf: (handle: number) => number;
  /** Position of a handle, -1 when it does not match. */
  readonly locate: (handle: number) => Promise<number>;
  /** The first key first. */
  readonly sort: readonly SortState[];
  readonly onSort: (sort: readonly SortState[]) => void;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** Position of a row that is shown beside the grid; it is kept in view. -1: none. */
  readonly shownIndex?: number;
  readonly busy?: boolean;
  /** Nobody knows yet how many rows there are; `count` is for how many of them there are grey lines. */
  readonly isUnknown?: boolean;
}
