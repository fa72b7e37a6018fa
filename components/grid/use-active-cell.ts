import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { HEADER } from './grid-keys.ts';

export interface ActiveCell {
  /** -1: a cell of the header. null: nobody has been in the grid yet. */
  readonly index: number | null;
  readonly column: string;
  /** Makes a cell active; `focus` also gives it the keyboard. */
  activate(index: number, handle: number | null, column: string, focus: boolean): void;
}

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
  locate: (handle: number) => Promise<number>,
): ActiveCell {
  const [place, setPlace] = useState<{ index: number; column: string } | null>(null);
  const handle = useRef<number | null>(null);
  const wantsFocus = useRef(false);
  const index = place === null ? null : Math.min(place.index, count - 1);
  // A column that is hidden now leaves the focus to the first.
  const column = columns.find((one) => one === place?.column) ?? columns[1] ?? '';

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
    const followed = handle.current;
    if (followed === null) return;
    let stale = false;
    locate(followed).then(
      (found) => {
        if (stale || found < 0 || handle.current !== followed) return;
        setPlace((before) => {
          if (before === null || before.index === found) return before;
          // The focus is on the element of the old place, which now shows another row.
          wantsFocus.current = grid.current?.contains(document.activeElement) ?? false;
          return { ...before, index: found };
        });
      },
      // The view is closing; its failure is shown by the page.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [revision, locate, grid]);

  return {
    index,
    column,
    activate(next, nextHandle, nextColumn, focus) {
      handle.current = nextHandle;
      wantsFocus.current = focus;
      // Always another object: the focus may have to be moved although the place is the same.
      setPlace({ index: next, column: nextColumn });
    },
  };
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
