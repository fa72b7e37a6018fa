import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { createScrollMapping } from './scroll-mapping.ts';
import { useLatest } from './use-latest.ts';
import type { ScrollExtent } from './scroll-map.ts';
import { elementHeight } from './scroll-map.ts';

/** The header stays at the top of the scrolled element. */
const HEADER_HEIGHT = 36;
const OVERSCAN = 6;

export interface RowScroll {
  readonly items: readonly VirtualItem[];
  /** First row in view, and the one after the last. */
  readonly first: number;
  readonly last: number;
  /** Height of the element that holds the rows, pixels. */
  readonly height: number;
  /** By how much rows are drawn above their place in that element, pixels. */
  readonly shift: number;
  /** Brings the row into view, moving as little as possible. */
  reveal(index: number): void;
  /** Back to the first row. */
  toTop(): void;
  /** Whole rows that fit. */
  pageRows(): number;
  /** The row at the upper edge, and how many of its heights are above it. */
  upperEdge(): number;
  /** Puts that there again. */
  toUpperEdge(rows: number): void;
}

interface Rows {
  readonly count: number;
  /** Pixels. */
  readonly height: number;
  /** Always drawn, so that it keeps the focus; -1 for none. */
  readonly active: number;
  /** Positions by which the rows in view have moved on so far. */
  readonly moved: number;
  /** The scrolling has come to rest. */
  readonly onRest: () => void;
}

/** Which rows are to be drawn, and where. */
export function useRowScroll(
  scroller: RefObject<HTMLDivElement | null>,
  { count, height, active, moved, onRest }: Rows,
): RowScroll {
  const extent = useRef<ScrollExtent>({ rows: 0, viewport: 0 });
  extent.current = { rows: count * height, viewport: extent.current.viewport };
  const rest = useLatest(onRest);
  const mapping = useMemo(() => createScrollMapping(extent, () => rest.current()), [rest]);

  const drawnRange = useRef({ start: 0, end: 0, isFar: false });
  // The rows in view may stay the same while the thumb is put in its place under them: then the virtualizer has nothing to tell.
  const shift = useSyncExternalStore(mapping.followShift, mapping.shift);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    observeElementRect: (_, report) => observeViewport(scroller.current, extent, report),
    observeElementOffset: (_, report) => mapping.observe(scroller.current, report),
    rangeExtractor(range) {
      const { start, end, isFar: wasFar } = drawnRange.current;
      // After a leap only what is seen, until the scrolling comes to rest: the rows beyond are passed by too.
      const isLeap = range.startIndex > end || range.endIndex < start;
      const isFar = mapping.isScrolling() && (wasFar || isLeap);
      drawnRange.current = { start: range.startIndex, end: range.endIndex, isFar };
      return withActive(defaultRangeExtractor(isFar ? { ...range, overscan: 0 } : range), active, count);
    },
  });

  // Before it is painted, so that the rows do not jump.
  const followed = useRef(moved);
  useLayoutEffect(() => {
    mapping.moveBy((moved - followed.current) * height);
    followed.current = moved;
  }, [mapping, moved, height]);

  // Higher or lower rows: the same one stays at the upper edge.
  const drawn = useRef(height);
  useLayoutEffect(() => {
    if (drawn.current === height) return;
    const edge = mapping.top() / drawn.current;
    drawn.current = height;
    virtualizer.measure();
    mapping.moveTo(edge * height);
  }, [mapping, virtualizer, height]);

  // Fewer rows than before: the browser moves the element by itself, the shift must follow.
  useEffect(() => mapping.settle(), [mapping, count]);

  const items = virtualizer.getVirtualItems();
  return {
    items,
    first: virtualizer.range?.startIndex ?? 0,
    last: Math.min(count, (virtualizer.range?.endIndex ?? 0) + 1),
    height: elementHeight(extent.current),
    shift,
    reveal: (index) => mapping.reveal(index * height, height),
    toTop: mapping.toTop,
    pageRows: () => Math.max(1, Math.floor(extent.current.viewport / height)),
    upperEdge: () => mapping.top() / height,
    toUpperEdge: (rows) => mapping.moveTo(Math.round(rows * height)),
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
