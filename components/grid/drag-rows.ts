import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { followPointer } from './follow-pointer.ts';
import type { Selection } from './selection.ts';
import { nothingSelected } from './selection.ts';

/** The row that an event is about; null outside of rows. */
export function rowIndexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row === null ? null : Number(row.dataset['index']);
}

interface RowDrag {
  readonly grid: RefObject<HTMLElement | null>;
  readonly selection: Selection;
  readonly handleAt: (index: number) => number | null;
  /** `handles` beside what `before` has. */
  readonly onSelect: (before: Selection, handles: readonly number[]) => void;
}

/**
 * Selects the rows that the pressed mouse goes over, of those on the screen: nothing scrolls by itself. With
 * Ctrl or ⌘ they come to what is selected. To be called when the mouse goes down.
 */
export function dragRows(event: ReactPointerEvent, { grid, selection, handleAt, onSelect }: RowDrag): void {
  const start = rowIndexOf(event.target);
  const onControl = (event.target as Element).closest('button, input, textarea, select') !== null;
  // A finger scrolls.
  if (start === null || onControl || event.button !== 0 || event.pointerType !== 'mouse' || event.shiftKey) return;
  const before = event.ctrlKey || event.metaKey ? selection : nothingSelected;
  let last = start;
  followPointer(
    (move) => {
      const index = rowIndexOf(move.target);
      if (index === null || index === last || grid.current?.contains(move.target as Node) !== true) return;
      last = index;
      // Until here it may have been text that was to be selected.
      getSelection()?.removeAllRanges();
      grid.current.style.userSelect = 'none';
      const [from, to] = [Math.min(start, index), Math.max(start, index)];
      const rows = Array.from({ length: to - from + 1 }, (_, at) => handleAt(from + at));
      onSelect(
        before,
        rows.filter((handle) => handle !== null),
      );
    },
    () => grid.current?.style.removeProperty('user-select'),
  );
}
