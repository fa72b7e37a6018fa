import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface ActiveRow {
  /** -1 while no row has been active yet. */
  readonly index: number;
  /** Makes a row active; `focus` also gives it the keyboard. */
  activate(index: number, handle: number | null, focus: boolean): void;
}

/**
 * The one row that has, or will get, the keyboard focus. It is followed by its handle: when rows come
 * in above it, the same seller stays active.
 */
export function useActiveRow(
  grid: RefObject<HTMLElement | null>,
  count: number,
  revision: number,
  locate: (handle: number) => Promise<number>,
): ActiveRow {
  const [index, setIndex] = useState(-1);
  const handle = useRef<number | null>(null);
  const wantsFocus = useRef(false);

  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
    // Far away it is drawn a little later, which brings us here again.
    if (row === null) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  useEffect(() => {
    const followed = handle.current;
    if (followed === null) return;
    let stale = false;
    locate(followed).then(
      (place) => {
        // Whoever has moved on meanwhile stays where they are.
        if (stale || place < 0 || handle.current !== followed) return;
        setIndex((before) => {
          // The focus is on the element of the old place, which now shows another row.
          if (before !== place) wantsFocus.current = grid.current?.contains(document.activeElement) ?? false;
          return place;
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
    index: Math.min(index, count - 1),
    activate(next, nextHandle, focus) {
      handle.current = nextHandle;
      wantsFocus.current = focus;
      setIndex(next);
    },
  };
}
