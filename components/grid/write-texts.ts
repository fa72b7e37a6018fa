import type { GridColumn } from './column.ts';

/** Writes what the row's cells of text show; undefined: nothing, while it is being read. Cells whose text stays are left alone. */
export function writeTexts<Row>(
  element: HTMLElement,
  columns: readonly GridColumn<Row>[],
  row: Row | undefined,
  before: number,
): void {
  columns.forEach((column, at) => {
    const cell = 'text' in column ? element.children[at + before] : undefined;
    if (!('text' in column) || cell === undefined) return;
    const text = row === undefined ? '' : column.text(row);
    writeText(cell, text ?? '–');
    const isUnknown = text === null;
    if (isUnknown === cell.hasAttribute('data-unknown')) return;
    cell.toggleAttribute('data-unknown', isUnknown);
    if (isUnknown) cell.setAttribute('aria-label', 'not known');
    else cell.removeAttribute('aria-label');
  });
}

/** Beside whatever else is in the cell: a grey bar, while the row is being read. */
function writeText(cell: Element, text: string): void {
  const first = cell.firstChild;
  if (!(first instanceof Text)) cell.prepend(text);
  else if (first.data !== text) first.data = text;
}
