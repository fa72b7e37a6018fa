/**
 * Rows beyond the height that browsers allow an element (Chrome about 33.5 million pixels, Firefox
 * 17.9 million). The element is at most `MAX_HEIGHT` high, where browsers still tell half a pixel from the next:
 * at 15 million both came back a pixel off. `top` is the position among all rows,
 * `scrollTop` that of the element; `top - scrollTop` is the shift. Small movements (wheel, keys) leave
 * the shift alone and so move by exact pixels; large ones (the thumb) set both in proportion. Near both
 * ends the two go pixel by pixel, so that the wheel meets the end of the rows where the element ends.
 */
export const MAX_HEIGHT = 8_000_000;
/** Pixels at each end that are not scaled. */
const EDGE = 100_000;

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

/** Height of the element that holds rows of this height together, pixels. */
export function elementHeight(rows: number): number {
  return Math.min(rows, MAX_HEIGHT);
}

/** Whether the rows are higher than their element. */
export function isScaled({ rows }: ScrollExtent): boolean {
  return rows > MAX_HEIGHT;
}

/** After the browser scrolled the element to `scrollTop`. */
export function scrolledTo(before: ScrollPosition, scrollTop: number, extent: ScrollExtent): ScrollPosition {
  if (extent.rows <= MAX_HEIGHT) return { scrollTop, shift: 0 };
  const isSmall = Math.abs(scrollTop - before.scrollTop) <= smallStep(extent);
  const top = isSmall ? scrollTop + before.shift : topAt(scrollTop, extent);
  return { scrollTop, shift: clamp(top, maxima(extent).top) - scrollTop };
}

/** The element is at an end and the rows are not: the thumb must be put in its place before one can go on. */
export function isStuck({ scrollTop, shift }: ScrollPosition, extent: ScrollExtent): boolean {
  if (extent.rows <= MAX_HEIGHT || shift === 0) return false;
  const ends = maxima(extent);
  const isLast = scrollTop + shift - ends.top === scrollTop - ends.scrollTop;
  return !isLast && (scrollTop < smallStep(extent) || scrollTop > ends.scrollTop - smallStep(extent));
}

/** Where to put the element so that the first pixel shown is `top`. */
export function positionFor(before: ScrollPosition, top: number, extent: ScrollExtent): ScrollPosition {
  const ends = maxima(extent);
  const goal = clamp(top, ends.top);
  if (extent.rows <= MAX_HEIGHT) return { scrollTop: goal, shift: 0 };
  const near = goal - before.shift;
  const isNear = Math.abs(near - before.scrollTop) <= smallStep(extent) && near > 0 && near < ends.scrollTop;
  const scrollTop = isNear ? near : scrollTopAt(goal, extent);
  return { scrollTop, shift: goal - scrollTop };
}

/** The same rows with the thumb where it belongs; for moments without scrolling. */
export function settled(position: ScrollPosition, extent: ScrollExtent): ScrollPosition {
  if (extent.rows <= MAX_HEIGHT) return { scrollTop: position.scrollTop, shift: 0 };
  const top = clamp(position.scrollTop + position.shift, maxima(extent).top);
  const scrollTop = scrollTopAt(top, extent);
  return { scrollTop, shift: top - scrollTop };
}

/** The same rows, where the browser came to a neighbouring pixel instead: far down, Chrome does. */
export function asScrolled(wanted: ScrollPosition, scrollTop: number, extent: ScrollExtent): ScrollPosition {
  if (extent.rows <= MAX_HEIGHT || Math.abs(scrollTop - wanted.scrollTop) > 2) return wanted;
  return { scrollTop, shift: wanted.scrollTop + wanted.shift - scrollTop };
}

/** First pixel to show so that the row at `start` is wholly in view, moving as little as possible. */
export function topShowing(start: number, height: number, top: number, viewport: number): number {
  if (start < top) return start;
  return start + height > top + viewport ? start + height - viewport : top;
}

/** A pixel of the thumb is more than this: 8 million over the pixels of its track. */
function smallStep({ viewport }: ScrollExtent): number {
  return 1.5 * viewport;
}

function topAt(scrollTop: number, extent: ScrollExtent): number {
  const ends = maxima(extent);
  if (scrollTop <= EDGE) return scrollTop;
  if (scrollTop >= ends.scrollTop - EDGE) return ends.top - (ends.scrollTop - scrollTop);
  return EDGE + Math.round(((scrollTop - EDGE) / (ends.scrollTop - 2 * EDGE)) * (ends.top - 2 * EDGE));
}

/** Whole pixels in between: the browser rounds scrollTop, and the shift must make up the rest exactly. */
function scrollTopAt(top: number, extent: ScrollExtent): number {
  const ends = maxima(extent);
  if (top <= EDGE) return top;
  if (top >= ends.top - EDGE) return ends.scrollTop - (ends.top - top);
  return EDGE + Math.round(((top - EDGE) / (ends.top - 2 * EDGE)) * (ends.scrollTop - 2 * EDGE));
}

function maxima(extent: ScrollExtent): { scrollTop: number; top: number } {
  return {
    scrollTop: Math.max(0, elementHeight(extent.rows) - extent.viewport),
    top: Math.max(0, extent.rows - extent.viewport),
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
