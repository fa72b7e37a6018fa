import { useEffect, useRef } from 'react';
import type { ScrollPlace } from './scroll-memory.ts';
import { historyEntry, rememberedPlace, rememberPlace } from './scroll-memory.ts';
import { useLatest } from './use-latest.ts';
import type { RowScroll } from './use-row-scroll.ts';

interface RememberedGrid {
  readonly label: string;
  /** Another list begins at its first row, unless one comes back to it. */
  readonly listKey: string;
  /** Rows that can be scrolled to by now; 0 while nobody knows. */
  readonly count: number;
  readonly busy: boolean;
  readonly handleAt: (index: number) => number | null;
  readonly locate: (handle: number) => Promise<number>;
}

/**
 * Brings a list back to where it was; answers what is to be called when the scrolling has come to rest. Whoever leaves
 * before that finds the list where they left it, too.
 */
export function useScrollMemory(grid: RememberedGrid, scroll: RowScroll): () => void {
  const { label, listKey, count, busy } = grid;
  const latest = useLatest({ ...grid, scroll });
  const shown = useRef<string | null>(null);
  const wanted = useRef<ScrollPlace | null>(null);
  const entry = useRef('');

  useEffect(() => {
    if (shown.current === listKey) return;
    const isReturn = shown.current === null;
    shown.current = listKey;
    entry.current = historyEntry();
    wanted.current = rememberedPlace(entry.current, label, listKey, isReturn);
    if (!isReturn && wanted.current === null) latest.current.scroll.toTop();
  }, [label, listKey, latest]);

  useEffect(() => {
    const place = wanted.current;
    if (place === null || count === 0 || (busy && count <= place.edge)) return;
    wanted.current = null;
    const { locate } = latest.current;
    const show = (index: number) =>
      latest.current.scroll.toUpperEdge(index < 0 ? place.edge : index + (place.edge % 1));
    if (place.handle === null) show(-1);
    // While rows are still being read it is nowhere yet: then its old place is the best there is.
    else locate(place.handle).then(show, () => undefined);
  }, [listKey, count, busy, latest]);

  /** `isEntry`: the entry of the browser's history is still that of the list. */
  const remember = (isEntry: boolean): void => {
    if (isEntry) entry.current = historyEntry();
    const edge = scroll.upperEdge();
    // Not while it has still to be brought back.
    if (wanted.current !== null || count === 0) return;
    // Whoever is at the top stays there, whichever row it is: right after another sort it is one of the list before.
    const handle = edge < 1 ? null : grid.handleAt(Math.floor(edge));
    rememberPlace(entry.current, label, listKey, { edge, handle });
  };
  const leave = useLatest(remember);
  useEffect(() => {
    const onHide = (): void => leave.current(true);
    const onLeave = (): void => leave.current(false);
    window.addEventListener('pagehide', onHide);
    return () => {
      window.removeEventListener('pagehide', onHide);
      onLeave();
    };
  }, [leave]);

  return () => remember(true);
}
