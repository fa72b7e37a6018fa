import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { rowIndexOf } from './drag-rows.ts';
import { HEADER } from './grid-keys.ts';
import type { RowFinder } from './rows-between.ts';
import { FIELDS } from './use-grid-keys.ts';
import { useLatest } from './use-latest.ts';

export interface ActiveCell {
  /** -1: a cell of the header. null: nobody has been in the grid yet. */
  readonly index: number | null;
  /** Of its row; null while that is being read. */
  readonly handle: number | null;
  readonly column: string;
  /** Makes a cell active; `focus` also gives it the keyboard. */
  activate(index: number, handle: number | null, column: string, focus: boolean): void;
  /** To be told which element in the grid has the focus, null when it is left: one that is taken away tells nobody. */
  hold(element: Element | null): void;
}

interface CellPlace {
  readonly index: number;
  readonly handle: number | null;
  readonly column: string;
}

type CellFinder = Pick<RowFinder, 'handleAt' | 'indexOf' | 'locate'>;

interface Visible {
  readonly count: number;
  readonly revision: number;
  /** The cells from left to right, that of the boxes first. */
  readonly columns: readonly string[];
}

/** Finds the element of a cell that is drawn. */
export function cellElement(grid: HTMLElement | null, index: number, column: string): HTMLElement | null {
  const row = index === HEADER ? '[aria-rowindex="1"]' : `[data-index="${index}"]`;
  return grid?.querySelector<HTMLElement>(`${row} > [data-column="${CSS.escape(column)}"]`) ?? null;
}

/**
 * The one cell that has, or will get, the keyboard focus. Its row is followed by its handle: when rows come
 * in above it, the same seller stays active.
 */
export function useActiveCell(
  grid: RefObject<HTMLElement | null>,
  { count, revision, columns }: Visible,
  finder: CellFinder,
): ActiveCell {
  const [place, setPlace] = useState<CellPlace | null>(null);
  const wantsFocus = useRef(false);
  const held = useRef<{ readonly element: Element; readonly row: number | null } | null>(null);
  const handle = place?.handle ?? null;
  // Before it is drawn, so that its row is never left out of what is drawn.
  const atHand = handle === null ? -1 : finder.indexOf(handle);
  const index = place === null ? null : Math.min(atHand < 0 ? place.index : atHand, count - 1);
  const latest = useLatest({ ...finder, place, index });
  // A column that is hidden now leaves the focus to the first.
  const column = columns.find((one) => one === place?.column) ?? columns[1] ?? '';

  useLayoutEffect(() => {
    if (handle !== null && atHand < 0) return;
    if (isGone(held.current?.element) || isPassedOn(held.current, index)) wantsFocus.current = true;
  });

  // It was grey when it became active.
  const read = handle === null && index !== null && index !== HEADER ? finder.handleAt(index) : null;
  useLayoutEffect(() => {
    if (read !== null) setPlace((before) => before && { ...before, handle: read });
  }, [read]);

  useEffect(() => {
    if (!wantsFocus.current || index === null) return;
    const cell = cellElement(grid.current, index, column);
    // Far away it is drawn a little later, which brings us here again.
    if (cell === null) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
    showSideways(grid.current, cell);
  });

  useEffect(() => {
    if (handle === null) return;
    let stale = false;
    const known = latest.current.indexOf(handle);
    if (known >= 0) setPlace((before) => (before && before.index !== known ? { ...before, index: known } : before));
    else
      latest.current.locate(handle).then(
        (found) => {
          const { place: before, index: at } = latest.current;
          if (stale || before?.handle !== handle || at === null || at === found) return;
          const isLost = isGone(held.current?.element);
          if (found >= 0) {
            // The focus may be on an element that shows another row now; what is typed into a field goes on.
            if (isLost || isOnCell(grid.current)) wantsFocus.current = true;
            setPlace({ ...before, index: found });
          } else if (isLost || focusedRow(grid.current) === at) {
            // The one in its place is where the person is now.
            if (isLost) wantsFocus.current = true;
            setPlace({ ...before, index: at, handle: latest.current.handleAt(at) });
          }
        },
        // The view is closing; its failure is shown by the page.
        () => undefined,
      );
    return () => {
      stale = true;
    };
  }, [revision, handle, latest, grid]);

  return {
    index,
    handle,
    column,
    activate(next, nextHandle, nextColumn, focus) {
      wantsFocus.current = focus;
      // Always another object: the focus may have to be moved although the place is the same.
      setPlace({ index: next, handle: nextHandle, column: nextColumn });
    },
    hold(element) {
      held.current = element && { element, row: rowIndexOf(element) };
    },
  };
}

/** Whether the focus was there, not in a field, and is nowhere since the element was taken away. */
function isGone(held: Element | undefined): boolean {
  return held !== undefined && !held.isConnected && !held.matches(FIELDS) && document.activeElement === document.body;
}

/** Whether the element with the focus shows another row than when it got it, and not the active one. */
function isPassedOn(
  held: { readonly element: Element; readonly row: number | null } | null,
  active: number | null,
): boolean {
  if (held === null || held.element !== document.activeElement || held.element.matches(FIELDS)) return false;
  const row = rowIndexOf(held.element);
  return row !== held.row && row !== active;
}

function isOnCell(grid: HTMLElement | null): boolean {
  const { activeElement } = document;
  return grid?.contains(activeElement) === true && activeElement?.matches('[role=gridcell]') === true;
}

function focusedRow(grid: HTMLElement | null): number | null {
  return grid?.contains(document.activeElement) === true ? rowIndexOf(document.activeElement) : null;
}

/** Scrolls sideways until the cell is between the column that stays and the edge. */
function showSideways(grid: HTMLElement | null, cell: HTMLElement): void {
  if (grid === null || getComputedStyle(cell).position === 'sticky') return;
  const stays = [...(cell.parentElement?.children ?? [])].filter(
    (each) => getComputedStyle(each).position === 'sticky',
  );
  const left = Math.max(grid.getBoundingClientRect().left, ...stays.map((each) => each.getBoundingClientRect().right));
  const right = grid.getBoundingClientRect().left + grid.clientWidth;
  const box = cell.getBoundingClientRect();
  if (box.left < left) grid.scrollLeft -= left - box.left;
  else if (box.right > right) grid.scrollLeft += Math.min(box.right - right, box.left - left);
}
