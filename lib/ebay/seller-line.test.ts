import { expect, test } from 'vitest';
import { readSellerLine } from './seller-line.ts';

test.each([
  ['99.5% positive (3.5K)', '', 99.5, 3500],
  ['jlabllc 99.1% positive (5.1K)', 'jlabllc', 99.1, 5100],
  ['name  99.6% positive (9.2K)', 'name', 99.6, 9200],
  ['cellularprofessor (18,554) 99%', 'cellularprofessor', 99, 18_554],
  ['99.5% positiv (67,232)', '', 99.5, 67_232],
  ['99,5\u00a0% positive Bewertungen (1.532)', '', 99.5, 1532],
  ["laden.de 99,5 % d'évaluations positives (1\u202f532)", 'laden.de', 99.5, 1532],
  ['dükkan %99,5 olumlu (810)', 'dükkan', 99.5, 810],
  ['0% positive (0)', '', 0, 0],
  ['new_one 0% positive (123)', 'new_one', 0, 123],
  ['shop 5 100% positive (7)', 'shop 5', 100, 7],
  ['100% 99% positive (3)', '100%', 99, 3],
  ['someone 99% positive (3 somethings)', 'someone', 99, null],
])('%s', (line, name, percent, count) => {
  expect(readSellerLine(line)).toEqual({ name, feedback: { percent, count } });
});

test.each([
  '',
  'Customs services and international tracking provided',
  'Direkt von KKT KOLBE',
  '99.5% positive',
  'derosnopS (3)',
  '15 bids · Time left0s left (Today 03:39 PM)',
  '101% positive (3)',
  `${'x'.repeat(500)} 99% positive (3)`,
])('%s is no seller', (line) => {
  expect(readSellerLine(line)).toBeNull();
});

test('a line made to make the pattern backtrack is read at once', () => {
  const started = performance.now();
  for (const line of ['9% '.repeat(133), '(9) '.repeat(100), `a ${'9'.repeat(390)}`, ' %'.repeat(200)])
    readSellerLine(line);
  expect(performance.now() - started).toBeLessThan(50);
});
