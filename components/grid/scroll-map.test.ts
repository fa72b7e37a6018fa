import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementHeight, MAX_HEIGHT, positionFor, scrolledTo, settled, topShowing } from './scroll-map.ts';

const extent = fc.record({
  rows: fc.integer({ min: 0, max: 3_000_000 }).map((count) => count * 36),
  viewport: fc.integer({ min: 50, max: 3000 }),
});
const start = { scrollTop: 0, shift: 0 };

describe('scroll map', () => {
  it('reaches every row exactly', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
        const last = Math.max(0, size.rows - size.viewport);
        const top = Math.floor(share * last);
        const { scrollTop, shift } = positionFor(start, top, size);
        expect(scrollTop + shift).toBe(top);
        expect(scrollTop).toBeGreaterThanOrEqual(0);
        expect(scrollTop).toBeLessThanOrEqual(Math.max(0, elementHeight(size) - size.viewport));
      }),
    );
  });

  it('moves pixel by pixel under the wheel, and the thumb reaches both ends', () => {
    fc.assert(
      fc.property(extent, fc.integer({ min: -100, max: 100 }), (size, wheel) => {
        fc.pre(size.rows > MAX_HEIGHT);
        const middle = positionFor(start, Math.floor(size.rows / 2), size);
        const after = scrolledTo(middle, middle.scrollTop + wheel, size);
        expect(after.scrollTop + after.shift).toBe(middle.scrollTop + middle.shift + wheel);
        const end = scrolledTo(middle, elementHeight(size) - size.viewport, size);
        expect(end.scrollTop + end.shift).toBe(size.rows - size.viewport);
        const begin = scrolledTo(middle, 0, size);
        expect(begin.scrollTop + begin.shift).toBe(0);
      }),
    );
  });

  it('keeps the rows in view when the thumb is put in its place', () => {
    const size = { rows: 36_000_000, viewport: 700 };
    let position = positionFor(start, 20_000_000, size);
    for (let turn = 0; turn < 500; turn++) position = scrolledTo(position, position.scrollTop + 100, size);
    const rested = settled(position, size);
    expect(rested.scrollTop + rested.shift).toBe(20_050_000);
    expect(rested.scrollTop).toBe(Math.round((20_050_000 / (36_000_000 - 700)) * (MAX_HEIGHT - 700)));
  });

  it('brings a row into view with the least movement', () => {
    expect(topShowing(100, 36, 200, 400)).toBe(100);
    expect(topShowing(300, 36, 200, 400)).toBe(200);
    expect(topShowing(590, 36, 200, 400)).toBe(226);
  });
});
