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
  /** Keeps the rows where they are, until what it returns is called. */
  readonly hold: () => () => void;
  /** From row to row, beside what `before` has. */
  readonly onSelect: (before: Selection, from: RowPlace, to: RowPlace) => void;
}

/**
 * Selects the rows that the pressed mouse goes over, of those on the screen: nothing scrolls by itself. With
 * Ctrl or ⌘ they come to what is selected. To be called when the mouse goes down.
 */
export function dragRows(event: ReactPointerEvent, { grid, selection, placeAt, hold, onSelect }: RowDrag): void {
  const start = rowIndexOf(event.target);
  const onControl = (event.target as Element).closest('button, input, textarea, select') !== null;
  // A finger scrolls.
  if (start === null || onControl || event.button !== 0 || event.pointerType !== 'mouse' || event.shiftKey) return;
  const before = event.ctrlKey || event.metaKey ? selection : nothingSelected;
  const from = placeAt(start);
  let last = from;
  const letGo = grid.current === null ? () => undefined : holdScroll(grid.current, hold);
  followPointer(
    (move) => {
      if (grid.current === null) return;
      const index = rowIndexOf(nearestIn(grid.current, move));
      if (index === null) return;
      const to = placeAt(index);
      if (isSame(to, last)) return;
      last = to;
      // Until here it may have been text that was to be selected.
      getSelection()?.removeAllRanges();
      grid.current.style.userSelect = 'none';
      onSelect(before, from, to);
    },
    () => {
      letGo();
      grid.current?.style.removeProperty('user-select');
    },
  );
}

/** What of the rows in view is under the pointer, or nearest to it. */
function nearestIn(grid: HTMLElement, { clientX, clientY }: PointerEvent): Element | null {
  const { left, top } = grid.getBoundingClientRect();
  const head = grid.firstElementChild?.getBoundingClientRect().bottom ?? top;
  const x = Math.min(Math.max(clientX, left + 1), left + grid.clientWidth - 1);
  const y = Math.min(Math.max(clientY, head + 1), top + grid.clientHeight - 1);
  const found = document.elementFromPoint(x, y);
  return grid.contains(found) ? found : null;
}

/** A browser scrolls when text may be marked and the pressed mouse leaves an element. The wheel may scroll. */
function holdScroll(element: HTMLElement, hold: () => () => void): () => void {
  const { scrollLeft: left } = element;
  const stop = new AbortController();
  const { signal } = stop;
  signal.addEventListener('abort', hold(), { once: true });
  element.addEventListener('scroll', () => (element.scrollLeft = left), { signal });
  element.addEventListener('wheel', () => stop.abort(), { signal, passive: true });
  return () => stop.abort();
}

function isSame(one: RowPlace, other: RowPlace): boolean {
  return one.handle === null || other.handle === null ? one.index === other.index : one.handle === other.handle;
}
