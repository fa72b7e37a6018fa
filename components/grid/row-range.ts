/** Rows drawn beyond those in view, on each side. */
const OVERSCAN = 6;

/** Rows in view: from `first` to `last` (exclusive), which may be beyond the end of the list. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
  /** It was leapt to and the scrolling has not come to rest: only what is seen is drawn, the rows beyond are passed by too. */
  readonly isFar: boolean;
}

/** All in pixels; `before`: what was in view until now. */
export function rangeAt(
  top: number,
  viewport: number,
  height: number,
  before: RowRange,
  isScrolling: boolean,
): RowRange {
  const first = Math.floor(top / height);
  const last = Math.ceil((top + viewport) / height);
  const isLeap = first >= before.last || last <= before.first;
  return { first, last, isFar: isScrolling && (before.isFar || isLeap) };
}

/** Indexes of the rows to draw of `count`, ascending, and of `active` (-1: none), which is always drawn so that it keeps the focus. */
export function drawnRows({ first, last, isFar }: RowRange, count: number, active: number): number[] {
  const beyond = isFar ? 0 : OVERSCAN;
  const from = Math.max(0, Math.min(first, count - 1) - beyond);
  const to = Math.min(count, last + beyond);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (active < 0 || active >= count || (active >= from && active < to)) return rows;
  return active < from ? [active, ...rows] : [...rows, active];
}
