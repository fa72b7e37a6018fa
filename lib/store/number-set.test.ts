import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNumberSet } from './number-set.ts';

const anyNumber = fc.oneof(fc.nat(200), fc.nat(2 ** 32 - 1), fc.integer({ min: 2 ** 32 - 70, max: 2 ** 32 - 1 }));

test('holds what a Set holds', () => {
  fc.assert(
    fc.property(fc.array(anyNumber), fc.array(anyNumber), (added, asked) => {
      const plain = new Set<number>();
      const numbers = createNumberSet();
      for (const number of added) {
        expect(numbers.add(number)).toBe(!plain.has(number));
        plain.add(number);
      }
      for (const number of [...added, ...asked]) expect(numbers.has(number)).toBe(plain.has(number));
    }),
  );
});
