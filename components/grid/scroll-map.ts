/**
 * Rows beyond the height that browsers allow an element (Chrome about 33.5 million pixels, Firefox
 * 17.9 million). The element is at most `MAX_HEIGHT` high. `top` is the position among all rows,
 * `scrollTop` that of the element; `top - scrollTop` is the shift. Small movements (wheel, keys) leave
 * the shift alone and so move by exact pixels; large ones (the thumb) set both in proportion.
 */
export const MAX_HEIGHT = 15_000_000;

export interface ScrollExtent {
  /** Height of all rows, pixels. */
  readonly rows: number;
  /** Height that shows rows, pixels. */
  readonly viewport: number;
}

export interface ScrollPosition {
  readonly scrollTop: number;
  readonly shift: number;
}

export function elementHeight({ rows }: ScrollExtent): number {
  return Math.min(rows, MAX_HEIGHT);
}

/** After the browser scrolled the element to `scrollTop`. */
export function scrolledTo(before: ScrollPosition, scrollTop: number, extent: ScrollExtent): ScrollPosition {
  if (extent.rows <= MAX_HEIGHT) return { scrollTop, shift: 0 };
  const ends = maxima(extent);
  if (scrollTop <= 0) return { scrollTop, shift: -scrollTop };
  if (scrollTop >= ends.scrollTop) return { scrollTop, shift: ends.top - scrollTop };
  const small = Math.abs(scrollTop - before.scrollTop) <= 2 * extent.viewport;
  const top = small ? scrollTop + before.shift : Math.round((scrollTop / ends.scrollTop) * ends.top);
  return { scrollTop, shift: clamp(top, ends.top) - scrollTop };
}

/** Where to put the element so that the first pixel shown is `top`. */
export function positionFor(before: ScrollPosition, top: number, extent: ScrollExtent): ScrollPosition {
  const ends = maxima(extent);
  const goal = clamp(top, ends.top);
  if (extent.rows <= MAX_HEIGHT) return { scrollTop: goal, shift: 0 };
  const near = goal - before.shift;
  const isNear = Math.abs(near - before.scrollTop) <= 2 * extent.viewport && near > 0 && near < ends.scrollTop;
  // Whole pixels: the browser rounds scrollTop, and the shift must make up the rest exactly.
  const scrollTop = isNear ? near : Math.round((goal / ends.top) * ends.scrollTop);
  return { scrollTop, shift: goal - scrollTop };
}

/** The same rows with the thumb where it belongs; for moments without scrolling. */
export function settled(position: ScrollPosition, extent: ScrollExtent): ScrollPosition {
  if (extent.rows <= MAX_HEIGHT) return { scrollTop: position.scrollTop, shift: 0 };
  const top = clamp(position.scrollTop + position.shift, maxima(extent).top);
  return positionFor({ scrollTop: Number.NEGATIVE_INFINITY, shift: 0 }, top, extent);
}

/** First pixel to show so that the row at `start` is wholly in view, moving as little as possible. */
export function topShowing(start: number, height: number, top: number, viewport: number): number {
  if (start < top) return start;
  return start + height > top + viewport ? start + height - viewport : top;
}

function maxima(extent: ScrollExtent): { scrollTop: number; top: number } {
  return {
    scrollTop: Math.max(0, elementHeight(extent) - extent.viewport),
    top: Math.max(0, extent.rows - extent.viewport),
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
