import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNumbers, hasNumber, numbersIn, runsOf, united, without } from './number-runs.ts';

const numbers = fc.array(fc.integer({ min: -15, max: 15 }), { maxLength: 25 });
const ascending = (set: Iterable<number>): number[] => [...set].toSorted((a, b) => a - b);

it('is the set that it was made of', () => {
  fc.assert(
    fc.property(numbers, (some) => {
      const set = new Set(some);
      const runs = runsOf(some);
      expect([...numbersIn(runs)]).toEqual(ascending(set));
      expect(countNumbers(runs)).toBe(set.size);
      for (let number = -17; number <= 17; number++) expect(hasNumber(runs, number)).toBe(set.has(number));
    }),
  );
});

it('unites and takes away as sets do, in as few runs as there can be', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      expect(united(runsOf(a), runsOf(b))).toEqual(runsOf([...a, ...b]));
      expect(without(runsOf(a), runsOf(b))).toEqual(runsOf(a.filter((number) => !b.includes(number))));
    }),
  );
});

it('keeps a million neighbours as one run', () => {
  expect(runsOf(Float64Array.from({ length: 1_000_000 }, (_, at) => 1_000_000 - at))).toEqual(
    Float64Array.of(1, 1_000_001),
  );
});
