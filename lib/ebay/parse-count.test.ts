import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCount } from './parse-count.ts';

test.each([
  ['0', 0],
  ['810', 810],
  ['18,554', 18_554],
  ['1.532', 1532],
  ['1 532', 1532],
  ['1\u202f532', 1532],
  ["1'532", 1532],
  ['1,234,567', 1_234_567],
  ['263.6K', 263_600],
  ['9.2k', 9200],
  ['5K', 5000],
  ['1.6M', 1_600_000],
  ['3,5 Tsd.', 3500],
  ['1,2 mil', 1200],
  ['2,4 тыс.', 2400],
])('%s is %d', (text, count) => {
  expect(parseCount(text)).toBe(count);
});

test.each(['', 'K', '1.5', '12x', '1..2', '-3', '1e9', '2,147,483,648', '9'.repeat(40)])('%s is no count', (text) => {
  expect(parseCount(text)).toBeNull();
});

test('any whole number reads back with any separator', () => {
  const separators = fc.constantFrom(',', '.', ' ', "'", '\u00a0');
  fc.assert(
    fc.property(fc.nat(), separators, (count, separator) => {
      expect(parseCount(String(count).replace(/\B(?=(?:\d{3})+$)/gu, separator))).toBe(count);
    }),
  );
});
