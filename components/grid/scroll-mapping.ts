import type { ScrollExtent, ScrollPosition } from './scroll-map.ts';
import { asScrolled, isScaled, isStuck, positionFor, scrolledTo, settled, topShowing } from './scroll-map.ts';

const SETTLE_AFTER_MS = 150;

/** Keeps the scrolled element and the rows together (`scroll-map.ts`). `onMove`: other rows may be in view, or elsewhere in the element. */
export function createScrollMapping(extent: () => ScrollExtent, onMove: () => void, onRest: () => void) {
  let element: HTMLElement | null = null;
  let position: ScrollPosition = { scrollTop: 0, shift: 0 };
  /** Where the element was last seen to be. To ask it has the browser lay out all that was drawn, there and then. */
  let seen = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isScrolling = false;
  let isHeld = false;

  const top = (): number => position.scrollTop + position.shift;
  function put(next: ScrollPosition): void {
    position = next;
    if (element !== null && seen !== next.scrollTop) {
      element.scrollTop = next.scrollTop;
      seen = element.scrollTop;
      position = asScrolled(next, seen, extent());
    }
    onMove();
  }
  function settle(): void {
    if (element === null) return;
    seen = element.scrollTop;
    put(settled(scrolledTo(position, seen, extent()), extent()));
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
    if (element === null) return;
    seen = element.scrollTop;
    if (seen === position.scrollTop) return;
    if (isHeld) {
      element.scrollTop = position.scrollTop;
      seen = element.scrollTop;
      return;
    }
    isScrolling = true;
    const next = scrolledTo(position, seen, extent());
    put(isStuck(next, extent()) ? settled(next, extent()) : next);
    restSoon();
  }

  return {
    observe(next: HTMLElement): () => void {
      element = next;
      seen = next.scrollTop;
      next.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        clearTimeout(timer);
        next.removeEventListener('scroll', onScroll);
      };
    },
    /** Takes back what the browser or a person scrolls, until what this returns is called. */
    hold(): () => void {
      isHeld = true;
      return () => void (isHeld = false);
    },
    settle,
    /** After the number of rows has changed: where the element may have been moved with it, or the thumb must be. */
    settleRows(): void {
      const { rows, viewport } = extent();
      if (isScaled(extent()) || position.shift !== 0 || position.scrollTop > rows - viewport) settle();
    },
    top,
    isScrolling: () => isScrolling,
    /** Where the element is scrolled to. */
    scrollTop: () => position.scrollTop,
    shift: () => position.shift,
    moveTo: (goal: number) => put(positionFor(position, goal, extent())),
    moveBy(pixels: number): void {
      if (pixels !== 0) put(positionFor(position, top() + pixels, extent()));
    },
    toTop: () => put({ scrollTop: 0, shift: 0 }),
    reveal(start: number, height: number): void {
      const goal = topShowing(start, height, top(), extent().viewport);
      if (goal === top()) return;
      put(positionFor(position, goal, extent()));
      restSoon();
    },
  };
}
