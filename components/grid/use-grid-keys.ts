import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { gridPress } from '#components/shortcuts/grid-press.ts';
import type { ColumnLayout } from './column-layout.ts';
import { neighbour, withMoved, withWidth } from './column-layout.ts';
import type { GridColumn, SortState } from './column.ts';
import { nextSort } from './column.ts';
import type { GridPlace } from './grid-keys.ts';
import { gridAction } from './grid-keys.ts';
import { SELECT_COLUMN } from './grid-row.tsx';

interface KeyedGrid<Row> {
  readonly columns: readonly GridColumn<Row>[];
  /** Those that are shown. */
  readonly shown: readonly GridColumn<Row>[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly sort: readonly SortState[];
  readonly onSort: (sort: readonly SortState[]) => void;
  readonly place: () => GridPlace;
  readonly move: (row: number, column: string, extend: boolean) => void;
  readonly toggle: () => void;
  readonly toggleAll: () => void;
  readonly all: () => void;
  readonly invert: () => void;
}

/** Controls that take keys as text. */
export const FIELDS = 'input:not([type=checkbox]), textarea, select';
export const CONTROLS = 'a, button, input, textarea, select, [contenteditable]';
const RESIZE_STEP = 16;

/** The keys of a grid, and what a screen reader is to be told about what they did. */
export function useGridKeys<Row>(grid: KeyedGrid<Row>): { onKeyDown: (event: KeyboardEvent) => void; said: string } {
  const { columns, shown, layout, onLayout } = grid;
  const [said, setSaid] = useState('');
  const ids = [SELECT_COLUMN, ...shown.map(({ id }) => id)];

  function moveColumn(id: string, step: 1 | -1): void {
    const target = neighbour(shown, id, step);
    if (target === undefined || id === shown[0]?.id) return;
    onLayout(withMoved(columns, layout, id, target));
    setSaid(`Column ${ids.indexOf(target) + 1} of ${ids.length}`);
  }

  function resizeColumn(id: string, by: number, header: HTMLElement): void {
    const next = withWidth(layout, id, header.getBoundingClientRect().width + by);
    onLayout(next);
    setSaid(`${next.widths[id]} pixels wide`);
  }

  function onHeader(id: string, action: { kind: string; step?: 1 | -1; adds?: boolean }, header: HTMLElement): void {
    const column = shown.find((one) => one.id === id);
    if (column === undefined) return action.kind === 'sort' ? grid.toggleAll() : undefined;
    if (action.kind === 'move_column') moveColumn(id, action.step ?? 1);
    else if (action.kind === 'resize_column') resizeColumn(id, (action.step ?? 1) * RESIZE_STEP, header);
    else if (column.firstOrder !== undefined) grid.onSort(nextSort(column, grid.sort, action.adds === true));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-column]');
    const id = cell?.dataset['column'];
    if (cell === null || id === undefined) return;
    if (target !== cell && onControl(event, target, cell)) return;
    const action = gridAction(gridPress(event.nativeEvent), grid.place());
    if (action === null) {
      const hasEditor = shown.find((one) => one.id === id)?.hasEditor === true;
      if (event.key === 'F2' && target === cell && !hasEditor) enter(event, cell);
      return;
    }
    event.preventDefault();
    if (action.kind === 'move') grid.move(action.row, ids[action.column] ?? id, action.extend);
    else if (action.kind === 'toggle') grid.toggle();
    else if (action.kind === 'select_all') grid.all();
    else if (action.kind === 'invert') grid.invert();
    else onHeader(id, action, cell);
  }

  return { onKeyDown, said };
}

/** To the first control of the cell. */
function enter(event: KeyboardEvent, cell: HTMLElement): void {
  const control = cell.querySelector<HTMLElement>(CONTROLS);
  if (control === null) return;
  event.preventDefault();
  control.focus();
}

/** Whether a key, pressed on a control of a cell, is none of the grid's. Escape leads back to the cell, arrows to its other controls. */
function onControl(event: KeyboardEvent, control: HTMLElement, cell: HTMLElement): boolean {
  if (control.matches(FIELDS)) return true;
  if (event.key === ' ' || event.key === 'Enter') return true;
  if (event.key === 'Escape') {
    event.preventDefault();
    cell.focus();
    return true;
  }
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return false;
  const all = [...cell.querySelectorAll<HTMLElement>(CONTROLS)];
  const next = all[all.indexOf(control) + step];
  next?.focus();
  if (next !== undefined) event.preventDefault();
  return next !== undefined;
}
