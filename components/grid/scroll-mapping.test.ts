import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_HEIGHT } from './scroll-map.ts';
import { createScrollMapping } from './scroll-mapping.ts';

const VIEWPORT = 700;

/** A scrolled element as far as the mapping knows it: it clamps, tells of scrolling, and counts who asks where it is. */
function fakeElement(height: () => number) {
  let scrollTop = 0;
  let listener: (() => void) | null = null;
  const element = {
    asked: 0,
    get scrollTop() {
      element.asked += 1;
      return scrollTop;
    },
    set scrollTop(next: number) {
      scrollTop = Math.min(Math.max(0, next), height() - VIEWPORT);
    },
    addEventListener: (_: string, next: () => void) => void (listener = next),
    removeEventListener: () => void (listener = null),
    /** As the browser does for a person. */
    scroll(to: number): void {
      element.scrollTop = to;
      listener?.();
    },
    isHeard: () => listener !== null,
  };
  return element;
}

function setUp(rows: number) {
  const size = { rows };
  const element = fakeElement(() => Math.min(size.rows, MAX_HEIGHT));
  const [onMove, onRest] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const mapping = createScrollMapping(() => ({ rows: size.rows, viewport: VIEWPORT }), onMove, onRest);
  const stop = mapping.observe(element as unknown as HTMLElement);
  return { mapping, element, size, onMove, onRest, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HIGH = 108_000_000;

it('follows the element pixel by pixel where rows are no higher than it', () => {
  const { mapping, element, onMove } = setUp(36_000);
  element.scroll(1_234);
  expect([mapping.top(), mapping.scrollTop(), mapping.shift(), onMove.mock.calls.length]).toEqual([1_234, 1_234, 0, 1]);
  mapping.moveBy(-234);
  expect([mapping.top(), element.scrollTop]).toEqual([1_000, 1_000]);
});

it('moves by exact pixels from wherever it was leapt to, and puts the thumb in its place once it rests', () => {
  const { mapping, element, onRest } = setUp(HIGH);
  element.scroll(4_000_000);
  const top = mapping.top();
  expect(top).toBeGreaterThan(HIGH * 0.4);
  expect(mapping.shift()).toBe(top - 4_000_000);
  element.scroll(4_000_120);
  expect(mapping.top()).toBe(top + 120);
  expect([mapping.isScrolling(), onRest.mock.calls.length]).toEqual([true, 0]);
  vi.advanceTimersByTime(1_000);
  expect([mapping.isScrolling(), onRest.mock.calls.length, mapping.top()]).toEqual([false, 1, top + 120]);
  expect(mapping.scrollTop()).toBe(element.scrollTop);
  // At rest nothing is left to put in its place.
  const { scrollTop } = element;
  mapping.settle();
  expect(element.scrollTop).toBe(scrollTop);
});

it('reaches both ends exactly, and the rows end where the element does', () => {
  const { mapping, element } = setUp(HIGH);
  mapping.moveTo(Infinity);
  expect([mapping.top(), element.scrollTop]).toEqual([HIGH - VIEWPORT, MAX_HEIGHT - VIEWPORT]);
  mapping.reveal(HIGH - 36, 36);
  expect(mapping.top()).toBe(HIGH - VIEWPORT);
  mapping.toTop();
  expect([mapping.top(), mapping.shift(), element.scrollTop]).toEqual([0, 0, 0]);
});

it('asks the element where it is only when it says that it has moved, or is moved', () => {
  const { mapping, element, onMove } = setUp(HIGH);
  element.scroll(5_000);
  const { asked } = element;
  mapping.moveTo(mapping.top());
  expect([mapping.top(), mapping.shift(), element.asked]).toEqual([5_000, 0, asked]);
  // It says so of where we have put it, too, or of scrolling sideways: nobody is told.
  const told = onMove.mock.calls.length;
  element.scroll(5_000);
  expect(onMove.mock.calls.length).toBe(told);
});

it('follows where the browser takes it when rows become fewer', () => {
  const { mapping, element, size } = setUp(HIGH);
  mapping.moveTo(HIGH / 2);
  expect(mapping.shift()).toBeGreaterThan(0);
  size.rows = 7_200;
  element.scrollTop = MAX_HEIGHT;
  mapping.settleRows();
  expect([mapping.top(), mapping.shift(), element.scrollTop]).toEqual([6_500, 0, 6_500]);
});

it('listens no more, and comes to no rest, once it is left', () => {
  const { element, onRest, stop } = setUp(HIGH);
  element.scroll(4_000_000);
  stop();
  vi.advanceTimersByTime(1_000);
  expect([element.isHeard(), onRest.mock.calls.length]).toEqual([false, 0]);
});

it('held, takes back what a person scrolls, but not what the page does', () => {
  const { mapping, element } = setUp(100_000);
  mapping.moveTo(3_000);
  const letGo = mapping.hold();
  element.scroll(9_000);
  expect([element.scrollTop, mapping.top()]).toEqual([3_000, 3_000]);
  mapping.moveBy(360);
  expect([element.scrollTop, mapping.top()]).toEqual([3_360, 3_360]);
  letGo();
  element.scroll(9_000);
  expect([element.scrollTop, mapping.top()]).toEqual([9_000, 9_000]);
});
