import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Selection } from './selection.ts';
import {
  everythingSelected,
  inverted,
  isSelected,
  nothingSelected,
  selectedCount,
  withHandles,
  withRuns,
} from './selection.ts';

const ROWS = 40;
const every = Array.from({ length: ROWS }, (_, no) => no);

it('is the plain set that the same clicks, ranges and keys give', () => {
  const place = fc.integer({ min: 0, max: ROWS - 1 });
  const step = fc.oneof(
    fc.constantFrom('all' as const, 'none' as const, 'invert' as const),
    fc.record({ rows: fc.array(place, { maxLength: 8 }), selected: fc.boolean() }),
    fc.record({ from: place, to: place, selected: fc.boolean() }),
  );
  // Positions have nothing to do with handles: any order.
  const order = fc.shuffledSubarray(every, { minLength: ROWS });
  fc.assert(
    fc.property(order, fc.array(step, { maxLength: 15 }), (handles, steps) => {
      let selection: Selection = nothingSelected;
      let model = new Set<number>();
      for (const one of steps) {
        if (one === 'all') [selection, model] = [everythingSelected, new Set(every)];
        else if (one === 'none') [selection, model] = [nothingSelected, new Set()];
        else if (one === 'invert')
          [selection, model] = [inverted(selection), new Set(every.filter((no) => !model.has(no)))];
        else {
          const isRange = 'from' in one;
          const named = isRange ? handles.slice(Math.min(one.from, one.to), Math.max(one.from, one.to) + 1) : one.rows;
          selection = withHandles(selection, named, one.selected);
          model = new Set(one.selected ? [...model, ...named] : [...model].filter((no) => !named.includes(no)));
        }
        expect(every.filter((no) => isSelected(selection, no))).toEqual(every.filter((no) => model.has(no)));
        expect(selectedCount(selection, ROWS)).toBe(model.size);
      }
    }),
  );
});

it('keeps two million of three as a run', () => {
  const most = withRuns(everythingSelected, Float64Array.of(0, 1_000_000), false);
  expect(selectedCount(most, 3_000_000)).toBe(2_000_000);
  expect(most).toEqual({ kind: 'all', exceptRuns: Float64Array.of(0, 1_000_000) });
});
