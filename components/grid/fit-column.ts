import { columnTracks } from './column-layout.ts';
import type { ColumnLayout } from './column-layout.ts';
import type { GridColumn } from './column.ts';

/** The property of the grid's element that its rows take their columns from: set by itself, no row is drawn anew. */
export const TRACKS = '--tracks';
export const COLUMNS_WIDTH = '--columns-width';

/** Pixels that the widest of the drawn cells of a column would like to have. */
export function fittingWidth<Row>(
  grid: HTMLElement,
  shown: readonly GridColumn<Row>[],
  layout: ColumnLayout,
  id: string,
): number {
  const before = grid.style.getPropertyValue(TRACKS);
  const tracks = shown.map((column) => (column.id === id ? 'max-content' : `${column.width}px`));
  grid.style.setProperty(TRACKS, ['36px', ...tracks, '36px'].join(' '));
  const cells = grid.querySelectorAll<HTMLElement>(`[data-column="${CSS.escape(id)}"]`);
  const width = Math.max(...Array.from(cells, (cell) => Math.ceil(cell.getBoundingClientRect().width)));
  grid.style.setProperty(TRACKS, before === '' ? columnTracks(shown, layout) : before);
  return width;
}
