import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSlots } from './row-slots.ts';

const rowsOf = (...handles: (number | null)[]) => handles.map((handle, index) => ({ index, handle, isDrawn: true }));
const rowsFrom = (from: number, count = 4, isDrawn: (at: number) => boolean = () => true) =>
  Array.from({ length: count }, (_, at) => ({
    index: from + at,
    handle: isDrawn(at) ? from + at : null,
    isDrawn: isDrawn(at),
  }));

it('gives each row an element of its own, and leaves who stays in it, wherever it is then', () => {
  const handles = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(handles, fc.nat(20)), { maxLength: 20 }), (steps) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      for (const [shown, from] of steps) {
        const rows = shown.map((handle, at) => ({ index: from + at, handle, isDrawn: true }));
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

it('passes elements on to rows that come below, above only after a leap', () => {
  const slotsOf = createRowSlots();
  slotsOf(rowsFrom(0));
  expect([...slotsOf(rowsFrom(100)).values()]).toEqual([0, 1, 2, 3]);
  expect([...slotsOf(rowsFrom(101)).values()]).toEqual([1, 2, 3, 0]);
  expect([...slotsOf(rowsFrom(100)).values()]).toEqual([4, 1, 2, 3]);
});

it('keeps elements for rows that are being read, and gives them those', () => {
  const slotsOf = createRowSlots();
  slotsOf(rowsFrom(0));
  expect([...slotsOf(rowsFrom(100, 4, () => false)).values()]).toEqual([0, 1, 2, 3]);
  expect([...slotsOf(rowsFrom(200, 4, (at) => at > 1)).values()]).toEqual([0, 1, 2, 3]);
  expect([...slotsOf(rowsFrom(200)).values()]).toEqual([0, 1, 2, 3]);
});

it('has an element for each row that is drawn, makes none for what is being read, and moves none that stays', () => {
  const step = fc.record({ from: fc.nat(12), count: fc.nat(8), unread: fc.array(fc.nat(7), { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const slotsOf = createRowSlots();
      let before: ReadonlyMap<number, number> = new Map();
      for (const { from, count, unread } of steps) {
        const rows = rowsFrom(from, count, (at) => !unread.includes(at));
        const slots = slotsOf(rows);
        const had = [...before.values()];
        const now = [...slots.values()];
        expect(new Set(now).size).toBe(now.length);
        expect([...slots.keys()].every((index) => rows.some((row) => row.index === index))).toBe(true);
        for (const { index, isDrawn } of rows) {
          if (isDrawn) expect(slots.has(index)).toBe(true);
          else if (slots.has(index)) expect(had).toContain(slots.get(index));
        }
        const staying = [...slots].flatMap(([index, slot]) => (before.get(index) === slot ? [slot] : []));
        expect(staying).toEqual(had.filter((slot) => staying.includes(slot)));
        // Others come after them, so that it is those which are moved in the document.
        const passed = now.filter((slot) => had.includes(slot) && !staying.includes(slot));
        if (staying.length > 1)
          for (const slot of passed) expect(now.indexOf(slot)).toBeGreaterThan(now.indexOf(staying.at(-1) ?? -1));
        before = slots;
      }
    }),
  );
});

it('makes a few elements at once, those of urgent rows first, until each row has one', () => {
  const slotsOf = createRowSlots(2);
  const rows = rowsFrom(0, 6).map((row) => ({ ...row, isUrgent: row.index >= 3 }));
  expect([...slotsOf(rows).keys()]).toEqual([3, 4]);
  expect([...slotsOf(rows).keys()]).toEqual([0, 3, 4, 5]);
  expect([...slotsOf(rows).keys()]).toEqual([0, 1, 2, 3, 4, 5]);
  // Elements that are there wait for nobody.
  expect([...slotsOf(rowsFrom(100, 6)).keys()]).toHaveLength(6);
});

it('passes elements on to the rows above at once when many come into view there', () => {
  const slotsOf = createRowSlots(8);
  for (let draws = 0; draws < 4; draws++) slotsOf(rowsFrom(100, 30));
  expect([...slotsOf(rowsFrom(80, 30)).keys()]).toHaveLength(30);
  expect([...slotsOf(rowsFrom(51, 30)).keys()]).toHaveLength(30);
});
