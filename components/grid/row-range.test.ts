import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnRows, rangeAt } from './row-range.ts';

const nowhere = { first: 0, last: 0, isFar: false };
const count = fc.integer({ min: 0, max: 3_000_000 });
const height = fc.constantFrom(28, 36, 44);
const viewport = fc.integer({ min: 40, max: 3000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('rows to draw', () => {
  it('are every row that is in view, each once and in order, and few more', () => {
    fc.assert(
      fc.property(count, height, viewport, share, share, fc.boolean(), (rows, size, shown, at, of, isFar) => {
        const top = Math.floor(at * Math.max(0, rows * size - shown));
        const active = Math.floor(of * (rows + 1)) - 1;
        const drawn = drawnRows({ ...rangeAt(top, shown, size, nowhere, false), isFar }, rows, active);
        expect(drawn).toEqual([...new Set(drawn)].toSorted((a, b) => a - b));
        expect(drawn.every((index) => index >= 0 && index < rows)).toBe(true);
        const isSeen = (index: number): boolean => index * size < top + shown && (index + 1) * size > top;
        const first = Math.floor(top / size);
        const last = Math.min(rows, Math.ceil((top + shown) / size));
        const wanted = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at).filter(isSeen);
        expect(drawn).toEqual(expect.arrayContaining(wanted));
        if (active >= 0 && active < rows) expect(drawn).toContain(active);
        expect(drawn.length).toBeLessThanOrEqual(Math.ceil(shown / size) + 1 + 12 + 1);
      }),
    );
  });

  it('are the last ones of a list that has become shorter', () => {
    expect(drawnRows({ first: 900, last: 920, isFar: true }, 10, -1)).toEqual([9]);
    expect(drawnRows({ first: 900, last: 920, isFar: false }, 0, 3)).toEqual([]);
  });

  it('after a leap are those in view alone, until the scrolling comes to rest', () => {
    const top = rangeAt(0, 360, 36, nowhere, false);
    expect(top).toEqual({ first: 0, last: 10, isFar: false });
    const step = rangeAt(36, 360, 36, top, true);
    expect(step.isFar).toBe(false);
    const leap = rangeAt(36_000, 360, 36, step, true);
    expect(drawnRows(leap, 5000, -1)).toHaveLength(10);
    const on = rangeAt(36_036, 360, 36, leap, true);
    expect(on.isFar).toBe(true);
    expect(drawnRows(rangeAt(36_036, 360, 36, on, false), 5000, -1)).toHaveLength(22);
  });
});
