import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSlots } from './row-slots.ts';

const rowsOf = (...handles: (number | null)[]) => handles.map((handle, index) => ({ index, handle }));

it('gives each row an element of its own, and leaves who stays in it, wherever it is then', () => {
  const handles = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(handles, fc.nat(20)), { maxLength: 20 }), (steps) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      for (const [shown, from] of steps) {
        const rows = shown.map((handle, at) => ({ index: from + at, handle }));
        const slots = slotsOf(rows);
        expect([...slots.keys()].toSorted((a, b) => a - b)).toEqual(rows.map(({ index }) => index));
        expect(new Set(slots.values()).size).toBe(rows.length);
        const now = new Map(rows.map(({ index, handle }) => [handle, slots.get(index) ?? -1]));
        for (const [handle, slot] of now) if (before.has(handle)) expect(slot).toBe(before.get(handle));
        before = now;
      }
    }),
  );
});

it('keeps the element of a row when others come in above it', () => {
  const slotsOf = createRowSlots();
  expect([...slotsOf(rowsOf(11, 12, 13)).values()]).toEqual([0, 1, 2]);
  expect(slotsOf(rowsOf(10, 11, 12, 13)).get(2)).toBe(1);
});

it('draws a row where it was grey, and another where one is gone', () => {
  const slotsOf = createRowSlots();
  slotsOf(rowsOf(11, null, 13));
  expect([...slotsOf(rowsOf(11, 12, 13)).values()].toSorted()).toEqual([0, 1, 2]);
  expect(slotsOf(rowsOf(11, 99, 13)).get(1)).toBe(1);
});

it('passes elements on after a leap only', () => {
  const slotsOf = createRowSlots();
  const at = (from: number) => Array.from({ length: 4 }, (_, step) => ({ index: from + step, handle: from + step }));
  slotsOf(at(0));
  expect([...slotsOf(at(100)).values()]).toEqual([0, 1, 2, 3]);
  expect([...slotsOf(at(101)).values()].toSorted()).toEqual([1, 2, 3, 4]);
});
