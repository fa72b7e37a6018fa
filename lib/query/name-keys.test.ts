import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFirstNameKeys } from './name-keys.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'z', '_', ' ', '\u0000', 'A', 'ÿ', '\u{1f600}'), maxLength: 30 });

describe('keys of names', () => {
  it('are the same whether they come with a page or row by row, and whatever grows meanwhile', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), fc.nat(5), fc.nat(40), (names, start, late) => {
        const size = start + names.length;
        const [page, rows] = [createFirstNameKeys(), createFirstNameKeys()];
        page.reserve(size);
        let end = 0;
        page.fill(
          start,
          names.join(''),
          Uint32Array.from(names, (one) => (end += one.length)),
        );
        rows.reserve(start + Math.min(late, names.length));
        for (const [at, one] of names.entries()) {
          if (at === late) rows.reserve(size);
          // Of the same row, another name before.
          rows.set(start + at, `${one}z`);
          rows.set(start + at, one);
        }
        const keys = page.take();
        expect(keys?.map((word) => [...word])).toEqual(rows.take()?.map((word) => [...word]));
        expect(page.take()).toBeNull();
        page.set(0, 'a');
      }),
    );
  });
});
