import type { RowRange } from './row-range.ts';
import { rangeAt } from './row-range.ts';
import type { ScrollExtent } from './scroll-map.ts';
import { createScrollMapping } from './scroll-mapping.ts';

/** What is drawn differently when it is another one. */
export interface DrawnRange extends RowRange {
  readonly shift: number;
}

export interface ScrolledRows {
  readonly count: number;
  /** Pixels. */
  readonly height: number;
  /** Rows `first` to `last` (exclusive) are in view: told before they are drawn, so that they are read meanwhile. */
  readonly onVisible: (first: number, last: number) => void;
  /** The scrolling has come to rest. */
  readonly onRest: () => void;
}

const nowhere: DrawnRange = { first: 0, last: 0, isFar: false, shift: 0 };

/** Follows which rows of a scrolled element are in view; null until it has been laid out. */
export function followDrawnRange() {
  let rows: ScrolledRows = { count: 0, height: 1, onVisible: () => undefined, onRest: () => undefined };
  let viewport = 0;
  let now: DrawnRange | null = null;
  let tell: () => void = () => undefined;
  const extent = (): ScrollExtent => ({ rows: rows.count * rows.height, viewport });
  const mapping = createScrollMapping(extent, look, () => rows.onRest());

  function look(): void {
    const range = rangeAt(mapping.top(), viewport, rows.height, now ?? nowhere, mapping.isScrolling());
    const next = { ...range, shift: mapping.shift() };
    if (now !== null && isSame(now, next)) return;
    now = next;
    rows.onVisible(Math.min(range.first, rows.count), Math.min(range.last, rows.count));
    tell();
  }

  return {
    mapping,
    viewport: () => viewport,
    /** To be called before anything is scrolled. */
    setRows: (next: ScrolledRows) => void (rows = next),
    /** Height that shows rows, pixels. */
    setViewport(pixels: number): void {
      viewport = pixels;
      look();
    },
    range: () => now,
    follow(listener: () => void): () => void {
      tell = listener;
      return () => {
        tell = () => undefined;
      };
    },
  };
}

function isSame(one: DrawnRange, other: DrawnRange): boolean {
  return one.first === other.first && one.last === other.last && one.isFar === other.isFar && one.shift === other.shift;
}
