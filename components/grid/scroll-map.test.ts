import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScrollExtent, ScrollPosition } from './scroll-map.ts';
import { elementHeight, isStuck, MAX_HEIGHT, positionFor, scrolledTo, settled, topShowing } from './scroll-map.ts';

const rowHeight = fc.integer({ min: 20, max: 60 });
const viewport = fc.integer({ min: 130, max: 3000 });
const anyExtent = fc
  .tuple(fc.integer({ min: 0, max: 3_000_000 }), rowHeight, viewport)
  .map(([count, height, shown]) => ({ rows: count * height, viewport: shown }));
const highExtent = anyExtent.filter(({ rows }) => rows > MAX_HEIGHT);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const start = { scrollTop: 0, shift: 0 };

const lastScrollTop = (size: ScrollExtent) => Math.max(0, elementHeight(size.rows) - size.viewport);
const lastTop = (size: ScrollExtent) => Math.max(0, size.rows - size.viewport);
const topOf = ({ scrollTop, shift }: ScrollPosition) => scrollTop + shift;
/** The thumb is taken there from the other end. */
function dragged(scrollTop: number, size: ScrollExtent): number {
  const from = scrollTop < lastScrollTop(size) / 2 ? positionFor(start, lastTop(size), size) : start;
  return topOf(scrolledTo(from, scrollTop, size));
}

describe('scroll map', () => {
  it('puts every pixel of every height where it is asked for', () => {
    fc.assert(
      fc.property(anyExtent, share, share, (size, from, to) => {
        const top = Math.floor(to * lastTop(size));
        const position = positionFor(positionFor(start, Math.floor(from * lastTop(size)), size), top, size);
        expect(topOf(position)).toBe(top);
        expect(position.scrollTop).toBeGreaterThanOrEqual(0);
        expect(position.scrollTop).toBeLessThanOrEqual(lastScrollTop(size));
      }),
    );
  });

  it('the thumb goes from the first pixel to the last, never backwards', () => {
    fc.assert(
      fc.property(anyExtent, share, share, (size, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((at) => Math.floor(at * lastScrollTop(size)));
        expect(dragged(less ?? 0, size)).toBeLessThanOrEqual(dragged(more ?? 0, size));
        expect(dragged(0, size)).toBe(0);
        expect(dragged(lastScrollTop(size), size)).toBe(lastTop(size));
      }),
    );
  });

  it('the thumb has a place at which any row is wholly in view', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), rowHeight, viewport, share, (count, height, shown, at) => {
        const size = { rows: count * height, viewport: shown };
        const row = Math.min(count - 1, Math.floor(at * count));
        const centred = settled({ scrollTop: row * height - Math.floor((shown - height) / 2), shift: 0 }, size);
        const place =
          size.rows > MAX_HEIGHT ? centred.scrollTop : Math.min(Math.max(0, centred.scrollTop), lastScrollTop(size));
        const top = dragged(place, size);
        expect(top).toBeLessThanOrEqual(row * height);
        expect(top + Math.min(shown, size.rows)).toBeGreaterThanOrEqual((row + 1) * height);
      }),
    );
  });

  it('the wheel moves by exact pixels for as long as it is turned, and comes to both ends', () => {
    const turns = fc.array(fc.tuple(fc.integer({ min: -120, max: 120 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(highExtent, share, turns, (size, from, wheel) => {
        let position = positionFor(start, Math.floor(from * lastTop(size)), size);
        for (const [pixels, rests] of wheel) {
          const scrollTop = Math.min(Math.max(0, position.scrollTop + pixels), lastScrollTop(size));
          const wanted = Math.min(Math.max(0, topOf(position) + pixels), lastTop(size));
          const next = scrolledTo(position, scrollTop, size);
          expect(topOf(next)).toBe(wanted);
          position = rests || isStuck(next, size) ? settled(next, size) : next;
          expect(topOf(position)).toBe(wanted);
        }
      }),
    );
  });

  it('a wheel that is never let go comes from anywhere to the end, row by row', () => {
    const size = { rows: 108_000_000, viewport: 700 };
    for (const sign of [1, -1]) {
      const last = sign > 0 ? lastTop(size) : 0;
      let position = positionFor(start, Math.abs(last - 600_000), size);
      let turns = 0;
      for (; topOf(position) !== last && turns < 10_000; turns++) {
        const scrollTop = Math.min(Math.max(0, position.scrollTop + sign * 120), lastScrollTop(size));
        position = scrolledTo(position, scrollTop, size);
        if (isStuck(position, size)) position = settled(position, size);
      }
      expect(turns).toBe(5_000);
    }
  });

  it('keeps the rows in view when the thumb is put in its place', () => {
    const size = { rows: 36_000_000, viewport: 700 };
    let position: ScrollPosition = positionFor(start, 20_000_000, size);
    for (let turn = 0; turn < 500; turn++) position = scrolledTo(position, position.scrollTop + 100, size);
    const rested = settled(position, size);
    expect(topOf(rested)).toBe(20_050_000);
    expect(rested.scrollTop).toBe(positionFor(start, 20_050_000, size).scrollTop);
  });

  it('brings a row into view with the least movement', () => {
    expect(topShowing(100, 36, 200, 400)).toBe(100);
    expect(topShowing(300, 36, 200, 400)).toBe(200);
    expect(topShowing(590, 36, 200, 400)).toBe(226);
  });
});
