import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf } from '#components/sellers/days.ts';
import { daySteps } from './day-steps.ts';

it('covers every day once, in at most 23 steps', () => {
  const time = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
  fc.assert(
    fc.property(time, time, (one, other) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      const { before, steps } = daySteps(first, last);
      expect(steps.length).toBeLessThanOrEqual(23);
      expect(before).toBeLessThan(first);
      expect(dayOf(steps.at(-1)?.to ?? 0)).toBe(dayOf(last));
      steps.forEach(({ from, to }, at) => {
        expect(from).toBe((steps[at - 1]?.to ?? before) + 1);
        expect(to).toBeGreaterThan(from);
      });
    }),
  );
});

it('is a step a day where they are few', () => {
  const day = (date: number) => new Date(2026, 2, date, 15).getTime();
  expect(daySteps(day(1), day(3)).steps.map(({ from }) => dayOf(from))).toEqual([
    '2026-03-01',
    '2026-03-02',
    '2026-03-03',
  ]);
});
