import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSlots } from './row-slots.ts';

it('gives each row an element of its own, and leaves who stays in it', () => {
  const rows = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 20 }), (steps) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      for (const indexes of steps) {
        const slots = slotsOf(indexes);
        expect([...slots.keys()].toSorted((a, b) => a - b)).toEqual(indexes.toSorted((a, b) => a - b));
        expect(new Set(slots.values()).size).toBe(indexes.length);
        for (const index of indexes) if (before.has(index)) expect(slots.get(index)).toBe(before.get(index));
        before = slots;
      }
    }),
  );
});

it('passes elements on after a leap only', () => {
  const slotsOf = createRowSlots();
  slotsOf([0, 1, 2, 3]);
  expect([...slotsOf([100, 101, 102, 103]).values()]).toEqual([0, 1, 2, 3]);
  expect([...slotsOf([101, 102, 103, 104]).values()].toSorted()).toEqual([1, 2, 3, 4]);
});
