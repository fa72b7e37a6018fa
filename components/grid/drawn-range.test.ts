import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followDrawnRange } from './drawn-range.ts';

const HEIGHT = 36;
const VIEWPORT = 20 * HEIGHT;

/** Rows of which only some are at hand: `known`. */
function setUp() {
  const known = { from: 0, to: 100 };
  const element = { scrollTop: 0, addEventListener: vi.fn<() => void>(), removeEventListener: () => undefined };
  const stirred = vi.fn<(event: Event) => void>();
  const body = { style: { translate: '' }, getBoundingClientRect: () => undefined, dispatchEvent: stirred };
  const drawn = followDrawnRange();
  const seen = vi.fn<(first: number, last: number) => void>();
  const rows = {
    count: 10_000,
    height: HEIGHT,
    isKnown: (first: number, last: number) => first >= known.from && last <= known.to,
    onVisible: seen,
    onRest: () => undefined,
  };
  drawn.setRows(rows);
  drawn.setBody(body as unknown as HTMLElement);
  drawn.mapping.observe(element as unknown as HTMLElement);
  drawn.setViewport(VIEWPORT);
  const told = vi.fn<() => void>();
  drawn.follow(told);
  return {
    drawn,
    told,
    seen,
    stirred,
    first: () => drawn.range()?.first,
    movedBy: () => body.style.translate,
    leapTo: (row: number) => drawn.mapping.moveTo(row * HEIGHT),
    arrive(from: number, to: number): void {
      Object.assign(known, { from, to });
      drawn.arrive(rows);
      drawn.place();
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('draws rows that are at hand where they are, at once', () => {
  const { first, movedBy, leapTo, told } = setUp();
  leapTo(50);
  expect([first(), movedBy(), told.mock.calls.length]).toEqual([50, '', 1]);
});

it('keeps the rows that are drawn in view until those that were leapt to are read', () => {
  const { first, movedBy, leapTo, told, seen, arrive } = setUp();
  leapTo(5_000);
  expect(seen).toHaveBeenLastCalledWith(5_000, 5_020);
  expect([first(), movedBy(), told.mock.calls.length]).toEqual([0, `0 ${5_000 * HEIGHT}px`, 0]);
  arrive(4_990, 5_030);
  expect([first(), movedBy()]).toEqual([5_000, '']);
  vi.advanceTimersByTime(1_000);
  expect([first(), told.mock.calls.length]).toEqual([5_000, 0]);
});

it('draws what was read, although it was leapt further meanwhile, and then the rest', () => {
  const { first, movedBy, leapTo, arrive } = setUp();
  leapTo(5_000);
  leapTo(7_000);
  arrive(4_990, 5_030);
  expect([first(), movedBy()]).toEqual([5_000, `0 ${2_000 * HEIGHT}px`]);
  arrive(6_990, 7_030);
  expect([first(), movedBy()]).toEqual([7_000, '']);
});

it('gives up waiting after a while, until rows are at hand again', () => {
  const { first, movedBy, leapTo, told, arrive } = setUp();
  leapTo(5_000);
  vi.advanceTimersByTime(1_000);
  expect([first(), told.mock.calls.length]).toEqual([5_000, 1]);
  leapTo(7_000);
  expect([first(), movedBy()]).toEqual([7_000, '']);
  arrive(6_990, 7_030);
  leapTo(7_001);
  leapTo(9_000);
  expect(first()).toBe(7_001);
});

it('has back what was left, when it is scrolled back before anything was read', () => {
  const { first, movedBy, leapTo } = setUp();
  leapTo(10);
  leapTo(5_000);
  leapTo(10);
  expect([first(), movedBy()]).toEqual([10, '']);
});

it('draws what is scrolled to at once where some of it is drawn, read or not', () => {
  const { first, movedBy, leapTo } = setUp();
  leapTo(70);
  leapTo(85);
  expect([first(), movedBy()]).toEqual([85, '']);
});

it('puts rows where they belong that came after some more scrolling within them', () => {
  const { drawn, first, movedBy, arrive } = setUp();
  drawn.mapping.moveTo(5_000 * HEIGHT + 10);
  drawn.mapping.moveTo(5_000 * HEIGHT + 20);
  arrive(4_990, 5_030);
  expect([first(), movedBy()]).toEqual([5_000, '']);
});

it('says what is in view while other rows are still drawn, and that rows came under the pointer', () => {
  const { drawn, first, leapTo, arrive, stirred } = setUp();
  leapTo(5_000);
  expect([first(), drawn.inView()?.first]).toEqual([0, 5_000]);
  leapTo(7_000);
  arrive(4_990, 5_030);
  expect([first(), drawn.inView()?.first]).toEqual([5_000, 7_000]);
  stirred.mockClear();
  arrive(6_990, 7_030);
  expect(stirred).toHaveBeenCalledOnce();
});
