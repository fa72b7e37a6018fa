import type { GridSubject } from './subject.ts';
import { ROW_HEIGHT } from './subject.ts';

export interface Scrolled {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** Rows that were painted without text, summed over the frames. */
  readonly blank: number;
  /** Rows in whose place others were painted, that had been in view before. */
  readonly late: number;
}

/** The header, at the lower edge a row may be cut off. */
const NOT_ROWS = 2;

/** Rows in view that show no text now. */
export function blankRows(subject: GridSubject): number {
  return namesInView(subject).filter((name) => name === null).length;
}

/** The names that the rows in view show now, null where there is none. */
export function namesInView(subject: GridSubject): (string | null)[] {
  const height = subject.scroller()?.clientHeight ?? 0;
  const rows = Math.max(1, Math.floor(height / ROW_HEIGHT) - NOT_ROWS);
  return subject.namesAt(Array.from({ length: rows }, (_, row) => row * ROW_HEIGHT + ROW_HEIGHT / 2));
}

/** Pixels from frame to frame: a wheel, a hard swipe, and a thumb that is pulled. */
function* steps(height: number): Generator<number> {
  for (let frame = 0; frame < 90; frame++) yield 120;
  for (let frame = 0; frame < 60; frame++) yield 2_000;
  for (let frame = 0; frame < 40; frame++) yield height / 100;
  for (let frame = 0; frame < 40; frame++) yield -height / 200;
}

/**
 * Scrolls between two frames, as a person does: the next frame begins with the scroll event. What is on the page when all
 * of a frame has been laid out is what it paints.
 */
export async function scriptedScroll(subject: GridSubject): Promise<Scrolled> {
  const scroller = subject.scroller();
  if (scroller === null) throw new Error('there is nothing to scroll');
  scroller.scrollTop = 0;
  await painted();
  const frames: number[] = [];
  let blank = 0;
  let late = 0;
  const look = (): void => {
    const names = namesInView(subject);
    if (subject.isLate()) late += names.length;
    else blank += names.filter((name) => name === null).length;
  };
  let before = await painted();
  for (const step of steps(scroller.scrollHeight)) {
    scroller.scrollTop += step;
    const { begun } = await paintedWith(look);
    frames.push(begun - before);
    before = begun;
  }
  return { frames, blank, late };
}

/** Milliseconds until a frame was painted in which it is so. */
export async function until(isSo: () => boolean, begin: () => void): Promise<number> {
  const from = performance.now();
  begin();
  while (!(await paintedWith(isSo)).seen) {
    if (performance.now() - from > 120_000) throw new Error('it was not shown within two minutes');
  }
  return performance.now() - from;
}

/** When the next frame has been painted, and what was so when all of it had been laid out: what is written into the page from then on is not in it. */
export async function paintedWith<T>(look: () => T): Promise<{ readonly begun: number; readonly seen: T }> {
  const [begun, seen] = await Promise.all([painted(), atPainting(look)]);
  return { begun, seen };
}

function atPainting<T>(look: () => T): Promise<T> {
  const probe = document.createElement('div');
  probe.style.cssText = 'position: fixed; width: 1px; height: 1px; visibility: hidden; contain: strict';
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      probe.remove();
      resolve(look());
    });
    document.body.append(probe);
    observer.observe(probe);
  });
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
