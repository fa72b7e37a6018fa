import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSlots } from './row-slots.ts';

it('gives each row an element of its own, leaves who stays in it, and makes no more than are needed', () => {
  const rows = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 20 }), (steps) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      let most = 0;
      for (const indexes of steps) {
        const slots = slotsOf(indexes);
        most = Math.max(most, indexes.length);
        expect([...slots.keys()].toSorted((a, b) => a - b)).toEqual(indexes.toSorted((a, b) => a - b));
        expect(new Set(slots.values()).size).toBe(indexes.length);
        expect(Math.max(-1, ...slots.values())).toBeLessThan(most);
        for (const index of indexes) if (before.has(index)) expect(slots.get(index)).toBe(before.get(index));
        before = slots;
      }
    }),
  );
});
