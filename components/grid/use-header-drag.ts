import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useRef, useState } from 'react';
import type { ColumnLayout } from './column-layout.ts';
import { columnsWidth, columnTracks, shownColumns, withMoved, withWidth } from './column-layout.ts';
import type { GridColumn } from './column.ts';
import { COLUMNS_WIDTH, fittingWidth, TRACKS } from './fit-column.ts';
import { followPointer } from './follow-pointer.ts';

/** A click may tremble by so many pixels. */
const DRAG_FROM = 6;

export interface HeaderDrag {
  /** The column that is held, and the one whose place it would take. */
  readonly held: { readonly id: string; readonly target: string } | null;
  /** The mouse goes down on the header of a column. */
  startMove(event: ReactPointerEvent, id: string): void;
  /** It goes down on the right edge of it. */
  startResize(event: ReactPointerEvent, id: string): void;
  fit(id: string): void;
  /** Whether the click that comes now is the end of a drag. */
  wasDragged(): boolean;
}

interface Headers<Row> {
  readonly grid: RefObject<HTMLElement | null>;
  readonly columns: readonly GridColumn<Row>[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
}

export function useHeaderDrag<Row>({ grid, columns, layout, onLayout }: Headers<Row>): HeaderDrag {
  const [held, setHeld] = useState<HeaderDrag['held']>(null);
  const dragged = useRef(false);
  const shown = shownColumns(columns, layout);

  return {
    held,
    startMove(event, id) {
      dragged.current = false;
      if (event.button !== 0 || event.pointerType !== 'mouse' || id === shown[0]?.id) return;
      const from = event.clientX;
      let target = id;
      followPointer(
        (move) => {
          if (!dragged.current && Math.abs(move.clientX - from) < DRAG_FROM) return;
          dragged.current = true;
          target = columnAt(grid.current, move.clientX) ?? target;
          setHeld({ id, target });
        },
        (letGo) => {
          setHeld(null);
          if (letGo && target !== id) onLayout(withMoved(columns, layout, id, target));
        },
      );
    },
    startResize(event, id) {
      event.stopPropagation();
      event.preventDefault();
      const element = grid.current;
      const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
      if (event.button !== 0 || element === null) return;
      const from = event.clientX;
      let next = layout;
      followPointer(
        (move) => {
          next = withWidth(layout, id, width + move.clientX - from);
          element.style.setProperty(TRACKS, columnTracks(shown, next));
          element.style.setProperty(COLUMNS_WIDTH, `${columnsWidth(shown, next)}px`);
        },
        () => {
          if (next !== layout) onLayout(next);
        },
      );
    },
    fit(id) {
      if (grid.current !== null) onLayout(withWidth(layout, id, fittingWidth(grid.current, shown, layout, id)));
    },
    wasDragged: () => dragged.current,
  };
}

/** The column whose header is at so many pixels from the left; null beside them. */
function columnAt(grid: HTMLElement | null, x: number): string | null {
  // The last of them: the column that stays lies over those that are scrolled under it.
  const headers = [...(grid?.querySelectorAll<HTMLElement>('[role=columnheader][data-column]') ?? [])].slice(1);
  const isAt = (header: HTMLElement): boolean => {
    const { left, right } = header.getBoundingClientRect();
    return x >= left && x < right;
  };
  return headers.find(isAt)?.dataset['column'] ?? null;
}
