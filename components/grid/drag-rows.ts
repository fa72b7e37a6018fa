import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { followPointer } from './follow-pointer.ts';
import type { RowPlace } from './rows-between.ts';
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
  /** As the rows are at that moment. */
  readonly placeAt: (index: number) => RowPlace;
  /** From row to row, beside what `before` has. */
  readonly onSelect: (before: Selection, from: RowPlace, to: RowPlace) => void;
}

/**
 * Selects the rows that the pressed mouse goes over, of those on the screen: nothing scrolls by itself. With
 * Ctrl or ⌘ they come to what is selected. To be called when the mouse goes down.
 */
export function dragRows(event: ReactPointerEvent, { grid, selection, placeAt, onSelect }: RowDrag): void {
  const start = rowIndexOf(event.target);
  const onControl = (event.target as Element).closest('button, input, textarea, select') !== null;
  // A finger scrolls.
  if (start === null || onControl || event.button !== 0 || event.pointerType !== 'mouse' || event.shiftKey) return;
  const before = event.ctrlKey || event.metaKey ? selection : nothingSelected;
  const from = placeAt(start);
  let last = from;
  followPointer(
    (move) => {
      const index = rowIndexOf(move.target);
      if (index === null || grid.current?.contains(move.target as Node) !== true) return;
      const to = placeAt(index);
      if (isSame(to, last)) return;
      last = to;
      // Until here it may have been text that was to be selected.
      getSelection()?.removeAllRanges();
      grid.current.style.userSelect = 'none';
      onSelect(before, from, to);
    },
    () => grid.current?.style.removeProperty('user-select'),
  );
}

function isSame(one: RowPlace, other: RowPlace): boolean {
  return one.handle === null || other.handle === null ? one.index === other.index : one.handle === other.handle;
}
