import type { PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '#components/grid/use-latest.ts';
import { rowIndexOf } from '#components/grid/drag-rows.ts';
import type { CardPlace } from './hover-card.tsx';

/** A pause, not the way of the pointer across the list. */
const PAUSE_MS = 600;

/** Where the pointer rests on a name; nowhere while the list moves, a button or a key is pressed. */
export function useHover(handleAt: (index: number) => number | undefined) {
  const latest = useLatest(handleAt);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<Element | null>(null);
  const [place, setPlace] = useState<CardPlace | null>(null);

  const hide = useMemo(
    () => () => {
      clearTimeout(timer.current);
      over.current = null;
      setPlace(null);
    },
    [],
  );
  useEffect(() => {
    const happenings = ['keydown', 'pointerdown', 'wheel', 'scroll', 'blur'];
    for (const name of happenings) addEventListener(name, hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer.current);
      for (const name of happenings) removeEventListener(name, hide, { capture: true });
    };
  }, [hide]);

  return {
    place,
    onPointerMove(event: PointerEvent): void {
      if (event.pointerType !== 'mouse' || event.buttons !== 0 || !(event.target instanceof Element)) return;
      const found = event.target.closest('[data-hover]');
      // On the card itself it stays.
      if (found?.getAttribute('data-hover') === 'card' || (found !== null && found === over.current)) return;
      hide();
      const index = rowIndexOf(found);
      if (found === null || index === null) return;
      over.current = found;
      timer.current = setTimeout(() => {
        const no = latest.current(index);
        const { left, top, bottom } = found.getBoundingClientRect();
        if (no !== undefined && found.isConnected) setPlace({ no, left, top, bottom });
      }, PAUSE_MS);
    },
    onPointerLeave: hide,
  };
}
