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
  /** Whether rows `first` to `last` (exclusive) are at hand. */
  readonly isKnown: (first: number, last: number) => boolean;
  /** Rows `first` to `last` (exclusive) are in view: told before they are drawn, so that they are read meanwhile. */
  readonly onVisible: (first: number, last: number) => void;
  /** The scrolling has come to rest. */
  readonly onRest: () => void;
}

/** A range, and where the element was scrolled to when it came into view. */
interface PlacedRange extends DrawnRange {
  readonly scrollTop: number;
}

/** Rows that are drawn stay on the screen as long as this for others that have not been read yet; then those are grey. */
export const HOLD_MS = 100;

const nowhere: DrawnRange = { first: 0, last: 0, isFar: false, shift: 0 };

/**
 * Follows which rows of a scrolled element are in view; null until it has been laid out. Where it was leapt to rows that
 * are yet to be read, the ones before are drawn there until those come, a frame later: else a thumb that is dragged would
 * show nothing but grey.
 */
export function followDrawnRange() {
  let rows: ScrolledRows = {
    count: 0,
    height: 1,
    isKnown: () => true,
    onVisible: () => undefined,
    onRest: () => undefined,
  };
  let viewport = 0;
  let now: DrawnRange | null = null;
  /** Where the element was scrolled to when these were last in their place. */
  let drawnAt = 0;
  /** What came into view since and is being read, the latest last. */
  let awaited: readonly PlacedRange[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Waited for in vain: until rows are at hand again, they are grey. */
  let isLate = false;
  let body: HTMLElement | null = null;
  let heldBy = 0;
  /** Rows have come that are to be laid out while nothing else is to be done, and not in the next frame. */
  let hasCome = false;
  let tell: () => void = () => undefined;
  const extent = (): ScrollExtent => ({ rows: rows.count * rows.height, viewport });
  const mapping = createScrollMapping(extent, look, () => rows.onRest());
  const isKnown = ({ first, last }: RowRange): boolean =>
    rows.isKnown(Math.min(first, rows.count), Math.min(last, rows.count));

  function look(): void {
    const before = awaited.at(-1) ?? now;
    const range = rangeAt(mapping.top(), viewport, rows.height, before ?? nowhere, mapping.isScrolling());
    const next = { ...range, shift: mapping.shift(), scrollTop: mapping.scrollTop() };
    const isOther = before === null || !isSame(before, next);
    if (isOther) rows.onVisible(Math.min(range.first, rows.count), Math.min(range.last, rows.count));
    if (isKnown(next)) isLate = false;
    else if (!isLate && now !== null && isApart(now, next)) {
      awaited = [...(isOther ? awaited : awaited.slice(0, -1)), next];
      timer ??= setTimeout(giveUp, HOLD_MS);
      place();
      return;
    }
    draw(next);
    if (isOther) tell();
    place();
  }

  function draw(range: PlacedRange): void {
    if (now === null || !isSame(now, range)) now = range;
    drawnAt = range.scrollTop;
    awaited = [];
    clearTimeout(timer);
    timer = undefined;
  }

  function giveUp(): void {
    const last = awaited.at(-1);
    if (last === undefined) return;
    isLate = true;
    draw(last);
    tell();
  }

  /** Rows have been read: those that came into view last, of the ones that are at hand, are drawn. */
  function arrive(): void {
    const found = awaited.findLastIndex(isKnown);
    const range = awaited[found];
    if (range === undefined) return;
    const further = awaited.slice(found + 1);
    draw(range);
    hasCome = true;
    awaited = further;
    if (awaited.length > 0) timer = setTimeout(giveUp, HOLD_MS);
  }

  /** Moves the drawn rows to what is in view. */
  function place(): void {
    const by = mapping.scrollTop() - drawnAt;
    if (body === null) return;
    if (by !== heldBy) {
      body.style.translate = by === 0 ? '' : `0 ${by}px`;
      heldBy = by;
      // Other rows are under the pointer now, or no longer, as after any scrolling.
      body.dispatchEvent(new Event('scroll'));
    }
    if (hasCome) body.getBoundingClientRect();
    hasCome = false;
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
    /** The element that is moved with the rows. */
    setBody: (element: HTMLElement | null) => void (body = element),
    /** To be called as rows are drawn, with those that are at hand: the same rows again change nothing. */
    arrive(next: ScrolledRows): void {
      if (awaited.length === 0) return;
      rows = next;
      arrive();
    },
    place,
    range: (): DrawnRange | null => now,
    /** What is in view; drawn once it has been read. */
    inView: (): RowRange | null => awaited.at(-1) ?? now,
    follow(listener: () => void): () => void {
      tell = listener;
      return () => {
        clearTimeout(timer);
        timer = undefined;
        tell = () => undefined;
      };
    },
  };
}

/** Scrolled within what is drawn, or next to it, the rows that are known are to be seen where they are. */
function isApart(one: RowRange, other: RowRange): boolean {
  return other.first >= one.last || other.last <= one.first;
}

function isSame(one: DrawnRange, other: DrawnRange): boolean {
  return one.first === other.first && one.last === other.last && one.isFar === other.isFar && one.shift === other.shift;
}
