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

test.each(['9% ', '(9) ', '9', ' %', 'a 9% ('])('reading a line of many "%s" grows no faster than the line', (part) => {
  const fastest = (times: number): number => {
    const line = `a ${part.repeat(times)}`;
    const tries = Array.from({ length: 15 }, () => {
      const started = performance.now();
      for (let again = 0; again < 40; again++) readSellerLine(line);
      return performance.now() - started;
    });
    return Math.min(...tries);
  };
  const [short, long] = [Math.floor(100 / part.length), Math.floor(390 / part.length)];
  fastest(short);
  // Four times the length; a pattern that backtracks takes 16 times as long at the least, mostly far more.
  expect(fastest(long)).toBeLessThan(12 * Math.max(fastest(short), 0.05));
});
