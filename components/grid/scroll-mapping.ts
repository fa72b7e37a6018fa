import type { RefObject } from 'react';
import type { ScrollExtent, ScrollPosition } from './scroll-map.ts';
import { asScrolled, isStuck, positionFor, scrolledTo, settled, topShowing } from './scroll-map.ts';

const SETTLE_AFTER_MS = 150;

type ReportOffset = (offset: number, isScrolling: boolean) => void;

/** Keeps the scrolled element and the rows together (`scroll-map.ts`), and tells the virtualizer where the rows are. */
export function createScrollMapping(extent: RefObject<ScrollExtent>, onRest: () => void) {
  let element: HTMLElement | null = null;
  let report: ReportOffset = () => undefined;
  let position: ScrollPosition = { scrollTop: 0, shift: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onShift: () => void = () => undefined;
  let isScrolling = false;

  const top = (): number => position.scrollTop + position.shift;
  function put(next: ScrollPosition): void {
    const before = position.shift;
    position = next;
    if (element !== null && element.scrollTop !== next.scrollTop) {
      element.scrollTop = next.scrollTop;
      position = asScrolled(next, element.scrollTop, extent.current);
    }
    report(top(), isScrolling);
    if (position.shift !== before) onShift();
  }
  function settle(): void {
    if (element === null) return;
    put(settled(scrolledTo(position, element.scrollTop, extent.current), extent.current));
  }
  function restSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isScrolling = false;
      settle();
      onRest();
    }, SETTLE_AFTER_MS);
  }
  function onScroll(): void {
    // Sideways only, or where we have put it ourselves.
    if (element === null || element.scrollTop === position.scrollTop) return;
    isScrolling = true;
    const next = scrolledTo(position, element.scrollTop, extent.current);
    put(isStuck(next, extent.current) ? settled(next, extent.current) : next);
    restSoon();
  }

  return {
    observe(next: HTMLElement | null, to: ReportOffset): () => void {
      element = next;
      report = to;
      report(top(), false);
      next?.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        clearTimeout(timer);
        next?.removeEventListener('scroll', onScroll);
      };
    },
    settle,
    top,
    isScrolling: () => isScrolling,
    shift: () => position.shift,
    followShift(listener: () => void): () => void {
      onShift = listener;
      return () => {
        onShift = () => undefined;
      };
    },
    moveTo: (goal: number) => put(positionFor(position, goal, extent.current)),
    moveBy(pixels: number): void {
      if (pixels !== 0) put(positionFor(position, top() + pixels, extent.current));
    },
    toTop: () => put({ scrollTop: 0, shift: 0 }),
    reveal(start: number, height: number): void {
      const goal = topShowing(start, height, top(), extent.current.viewport);
      if (goal === top()) return;
      put(positionFor(position, goal, extent.current));
      restSoon();
    },
  };
}
