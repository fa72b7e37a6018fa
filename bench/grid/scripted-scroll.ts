import type { GridSubject } from './subject.ts';
import { ROW_HEIGHT } from './subject.ts';

export interface Scrolled {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** Rows that were painted without their text, summed over the frames. */
  readonly blank: number;
}

/** The header, at the lower edge a row may be cut off. */
const NOT_ROWS = 2;

/** Rows in view that show no text now. */
export function blankRows(subject: GridSubject): number {
  const scroller = subject.scroller();
  if (scroller === null) return Number.NaN;
  const rows = Math.floor(scroller.clientHeight / ROW_HEIGHT) - NOT_ROWS;
  const middles = Array.from({ length: rows }, (_, row) => row * ROW_HEIGHT + ROW_HEIGHT / 2);
  return subject.namesAt(middles).filter((name) => name === null).length;
}

/** Pixels from frame to frame: a wheel, a hard swipe, and a thumb that is pulled. */
function* steps(height: number): Generator<number> {
  for (let frame = 0; frame < 90; frame++) yield 120;
  for (let frame = 0; frame < 60; frame++) yield 2_000;
  for (let frame = 0; frame < 40; frame++) yield height / 100;
  for (let frame = 0; frame < 40; frame++) yield -height / 200;
}

/**
 * Scrolls between two frames, as a person does: the next frame begins with the scroll event. What is seen after a frame
 * is what it painted.
 */
export async function scriptedScroll(subject: GridSubject): Promise<Scrolled> {
  const scroller = subject.scroller();
  if (scroller === null) throw new Error('there is nothing to scroll');
  scroller.scrollTop = 0;
  await painted();
  const frames: number[] = [];
  let blank = 0;
  let before = await painted();
  for (const step of steps(scroller.scrollHeight)) {
    scroller.scrollTop += step;
    const now = await painted();
    frames.push(now - before);
    before = now;
    blank += blankRows(subject);
  }
  return { frames, blank };
}

/** When the next frame has been painted; its time of beginning. */
export function painted(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const begun = performance.now();
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => resolve(begun), { once: true });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  });
}
