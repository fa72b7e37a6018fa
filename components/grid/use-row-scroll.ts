import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { ScrollExtent, ScrollPosition } from './scroll-map.ts';
import { elementHeight, positionFor, scrolledTo, settled, topShowing } from './scroll-map.ts';

export const ROW_HEIGHT = 36;
/** The header is as high as a row and stays at the top of the scrolled element. */
export const HEADER_HEIGHT = 36;
const OVERSCAN = 6;
const SETTLE_AFTER_MS = 150;

export interface RowScroll {
  readonly items: readonly VirtualItem[];
  /** First row in view, and the one after the last. */
  readonly first: number;
  readonly last: number;
  /** Height of the element that holds the rows, pixels. */
  readonly height: number;
  /** Where an item is drawn in that element, pixels. */
  place(item: VirtualItem): number;
  /** Brings the row into view, moving as little as possible. */
  reveal(index: number): void;
  /** Back to the first row. */
  toTop(): void;
  /** Whole rows that fit. */
  pageRows(): number;
}

/** Which rows are to be drawn, and where. The `active` row is always drawn, so that it keeps the focus. */
export function useRowScroll(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  active: number,
  moved: number,
): RowScroll {
  const extent = useRef<ScrollExtent>({ rows: 0, viewport: 0 });
  extent.current = { rows: count * ROW_HEIGHT, viewport: extent.current.viewport };
  const mapping = useMemo(() => createScrollMapping(extent), []);

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    observeElementRect: (_, report) => observeViewport(scroller.current, extent, report),
    observeElementOffset: (_, report) => mapping.observe(scroller.current, report),
    rangeExtractor: (range) => withActive(defaultRangeExtractor(range), active, count),
  });

  // Before it is painted, so that the rows do not jump.
  const followed = useRef(moved);
  useLayoutEffect(() => {
    mapping.moveBy((moved - followed.current) * ROW_HEIGHT);
    followed.current = moved;
  }, [mapping, moved]);

  // Fewer rows than before: the browser moves the element by itself, the shift must follow.
  useEffect(() => mapping.settle(), [mapping, count]);

  const items = virtualizer.getVirtualItems();
  return {
    items,
    first: virtualizer.range?.startIndex ?? 0,
    last: Math.min(count, (virtualizer.range?.endIndex ?? 0) + 1),
    height: elementHeight(extent.current),
    place: (item) => item.start - mapping.shift(),
    reveal: (index) => mapping.reveal(index * ROW_HEIGHT),
    toTop: mapping.toTop,
    pageRows: () => Math.max(1, Math.floor(extent.current.viewport / ROW_HEIGHT)),
  };
}

function withActive(indexes: number[], active: number, count: number): number[] {
  if (active < 0 || active >= count || indexes.includes(active)) return indexes;
  return [...indexes, active].toSorted((a, b) => a - b);
}

function observeViewport(
  element: HTMLElement | null,
  extent: RefObject<ScrollExtent>,
  report: (rect: { width: number; height: number }) => void,
): () => void {
  if (element === null) return () => undefined;
  const measure = () => {
    const viewport = Math.max(0, element.clientHeight - HEADER_HEIGHT);
    extent.current = { ...extent.current, viewport };
    report({ width: element.clientWidth, height: viewport });
  };
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
}

type ReportOffset = (offset: number, isScrolling: boolean) => void;

function createScrollMapping(extent: RefObject<ScrollExtent>) {
  let element: HTMLElement | null = null;
  let report: ReportOffset = () => undefined;
  let position: ScrollPosition = { scrollTop: 0, shift: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(isScrolling: boolean): void {
    report(position.scrollTop + position.shift, isScrolling);
  }
  function moveTo(next: ScrollPosition): void {
    position = next;
    if (element !== null) element.scrollTop = next.scrollTop;
    tell(false);
  }
  function settle(): void {
    if (element === null) return;
    position = scrolledTo(position, element.scrollTop, extent.current);
    const next = settled(position, extent.current);
    if (next.scrollTop !== position.scrollTop || next.shift !== position.shift) moveTo(next);
    else tell(false);
  }
  function onScroll(): void {
    if (element === null) return;
    position = scrolledTo(position, element.scrollTop, extent.current);
    tell(true);
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_AFTER_MS);
  }

  return {
    observe(next: HTMLElement | null, to: ReportOffset): () => void {
      element = next;
      report = to;
      tell(false);
      next?.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        clearTimeout(timer);
        next?.removeEventListener('scroll', onScroll);
      };
    },
    settle,
    shift: () => position.shift,
    moveBy(pixels: number): void {
      if (pixels !== 0) moveTo(positionFor(position, position.scrollTop + position.shift + pixels, extent.current));
    },
    toTop: () => moveTo({ scrollTop: 0, shift: 0 }),
    reveal(start: number): void {
      const top = position.scrollTop + position.shift;
      const goal = topShowing(start, ROW_HEIGHT, top, extent.current.viewport);
      if (goal !== top) moveTo(positionFor(position, goal, extent.current));
    },
  };
}
