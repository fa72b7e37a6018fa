/** The row of the header, as a position. */
export const HEADER = -1;

export type GridAction =
  | { readonly kind: 'move'; readonly row: number; readonly column: number; readonly extend: boolean }
  | { readonly kind: 'toggle' | 'select_all' | 'invert' }
  | { readonly kind: 'sort'; readonly adds: boolean }
  | { readonly kind: 'move_column' | 'resize_column'; readonly step: 1 | -1 };

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where the focus is and what there is to move in; column 0 is that of the boxes. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
  /** First row in view. */
  readonly first: number;
}

/** What a key does in a grid; null when it is not the grid's. */
export function gridAction(press: KeyPress, place: GridPlace): GridAction | null {
  if (press.ctrlKey || press.metaKey) return commandAction(press, place);
  if (place.row === HEADER) return headerAction(press, place);
  const { key, shiftKey, altKey } = press;
  if (altKey) return null;
  if (key === 'Select' || (key === ' ' && (shiftKey || place.column === 0))) return { kind: 'toggle' };
  const step = sideways(key);
  if (step !== 0 && !shiftKey) return moveTo(place, place.row, place.column + step, false);
  const row = destination(key, place);
  return row === null ? null : moveTo(place, row, place.column, shiftKey);
}

function commandAction({ key, shiftKey, altKey }: KeyPress, place: GridPlace): GridAction | null {
  if (altKey) return null;
  if (key.toLowerCase() === 'a' && !shiftKey) return { kind: 'select_all' };
  if (key.toLowerCase() === 'i' && !shiftKey) return { kind: 'invert' };
  if (key === 'Home') return moveTo(place, 0, shiftKey ? place.column : 0, shiftKey);
  if (key === 'End') return moveTo(place, place.rows - 1, shiftKey ? place.column : place.columns - 1, shiftKey);
  return null;
}

function headerAction({ key, shiftKey, altKey }: KeyPress, place: GridPlace): GridAction | null {
  const step = sideways(key);
  if (step !== 0 && shiftKey) return { kind: altKey ? 'move_column' : 'resize_column', step };
  if (altKey) return null;
  if (key === 'Enter' || key === ' ') return { kind: 'sort', adds: shiftKey };
  if (step !== 0) return moveTo(place, HEADER, place.column + step, false);
  if (key === 'ArrowDown') return moveTo(place, place.first, place.column, false);
  return key === 'Home' || key === 'End' ? moveTo(place, destination(key, place) ?? 0, place.column, false) : null;
}

function destination(key: string, { row, rows, pageRows }: GridPlace): number | null {
  if (key === 'ArrowDown') return row + 1;
  // From the first row on to the header.
  if (key === 'ArrowUp') return row === 0 ? HEADER : row - 1;
  if (key === 'PageDown') return row + pageRows;
  if (key === 'PageUp') return Math.max(0, row - pageRows);
  if (key === 'Home') return 0;
  if (key === 'End') return rows - 1;
  return null;
}

/** Back in a line that reads from left to right. */
function sideways(key: string): 1 | -1 | 0 {
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}

function moveTo({ rows, columns }: GridPlace, row: number, column: number, extend: boolean): GridAction | null {
  if (rows === 0 && row !== HEADER) return null;
  return {
    kind: 'move',
    row: Math.min(row, rows - 1),
    column: Math.min(Math.max(0, column), columns - 1),
    extend: extend && row !== HEADER,
  };
}
