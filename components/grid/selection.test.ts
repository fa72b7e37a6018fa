import fc from 'fast-check';
import { expect, it } from 'vitest';
import { everythingSelected, isSelected, nothingSelected, selectedCount, withHandles } from './selection.ts';

it('selects what a plain set would', () => {
  const handles = fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 8 });
  const step = fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.tuple(handles, fc.boolean()));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let selection = nothingSelected;
      let model = new Set<number>();
      const every = Array.from({ length: 20 }, (_, no) => no);
      for (const one of steps) {
        if (one === 'all') [selection, model] = [everythingSelected, new Set(every)];
        else if (one === 'none') [selection, model] = [nothingSelected, new Set()];
        else {
          selection = withHandles(selection, ...one);
          for (const handle of one[0])
            if (one[1]) model.add(handle);
            else model.delete(handle);
        }
        expect(every.filter((no) => isSelected(selection, no))).toEqual(every.filter((no) => model.has(no)));
        expect(selectedCount(selection, every.length)).toBe(model.size);
      }
    }),
  );
});
