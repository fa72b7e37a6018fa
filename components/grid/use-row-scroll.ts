import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import type { ScrolledRows } from './drawn-range.ts';
import { followDrawnRange } from './drawn-range.ts';
import { drawnRows } from './row-range.ts';
import { elementHeight } from './scroll-map.ts';

/** The header stays at the top of the scrolled element. */
const HEADER_HEIGHT = 36;

export interface RowScroll {
  /** Indexes of the rows to draw. */
  readonly rows: readonly number[];
  /** First row in view, and the one after the last; of a grid that has not been laid out, null. */
  readonly inView: { readonly first: number; readonly last: number } | null;
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
  /** Nothing scrolls but by the page itself, until what this returns is called. */
  hold(): () => void;
}

interface Rows extends ScrolledRows {
  /** Always drawn, so that it keeps the focus; -1 for none. */
  readonly active: number;
  /** Positions by which the rows in view have moved on so far. */
  readonly moved: number;
  /** The element that is moved with the rows. */
  readonly body: RefObject<HTMLDivElement | null>;
}

/**
 * Which rows are to be drawn, and where. All rows are of one height, so that is a division: a virtualizer that keeps the
 * place of each took 50 ms and 24 MB at a million rows, each time one was added.
 */
export function useRowScroll(
  scroller: RefObject<HTMLDivElement | null>,
  { count, height, active, moved, body, isKnown, onVisible, onRest }: Rows,
): RowScroll {
  const [drawn] = useState(followDrawnRange);
  const { mapping } = drawn;
  drawn.arrive({ count, height, isKnown, onVisible, onRest });
  const range = useSyncExternalStore(drawn.follow, drawn.range);
  const inView = drawn.inView();
  useLayoutEffect(() => {
    drawn.setRows({ count, height, isKnown, onVisible, onRest });
    drawn.place();
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    drawn.setBody(body.current);
    const unmap = mapping.observe(element);
    const unmeasure = observeViewport(element, drawn.setViewport);
    return () => {
      unmap();
      unmeasure();
    };
  }, [scroller, body, drawn, mapping]);

  // Before it is painted, so that the rows do not jump.
  const followed = useRef(moved);
  useLayoutEffect(() => {
    mapping.moveBy((moved - followed.current) * height);
    followed.current = moved;
  }, [mapping, moved, height]);

  // Higher or lower rows: the same one stays at the upper edge.
  const drawnHeight = useRef(height);
  useLayoutEffect(() => {
    if (drawnHeight.current === height) return;
    const edge = mapping.top() / drawnHeight.current;
    drawnHeight.current = height;
    mapping.moveTo(edge * height);
  }, [mapping, height]);

  // Fewer rows than before: the browser moves the element by itself, the shift must follow.
  useEffect(() => mapping.settleRows(), [mapping, count]);

  return {
    rows: range === null ? [] : drawnRows(range, count, active),
    inView: inView && { first: Math.min(inView.first, count), last: Math.min(inView.last, count) },
    height: elementHeight(count * height),
    shift: range?.shift ?? 0,
    reveal: (index) => mapping.reveal(index * height, height),
    toTop: mapping.toTop,
    pageRows: () => Math.max(1, Math.floor(drawn.viewport() / height)),
    upperEdge: () => mapping.top() / height,
    toUpperEdge: (rows) => mapping.moveTo(Math.round(rows * height)),
    hold: mapping.hold,
  };
}

/** Reports the height that shows rows, pixels. */
function observeViewport(element: HTMLElement, report: (viewport: number) => void): () => void {
  const measure = (): void => report(Math.max(0, element.clientHeight - HEADER_HEIGHT));
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
}
