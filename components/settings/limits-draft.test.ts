import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftToLimits, limitsToDraft } from './limits-draft.ts';

const limits = {
  budget_cap_cents: 2500,
  soft_warning_percent: 80,
  max_concurrent_runs: 3,
  microusd_per_call: { catalogue: 10_000, oxylabs: 3_000 },
};
const draft = limitsToDraft(limits);

describe('limits in a form', () => {
  test('are money as people write it', () => {
    expect(draft).toEqual({
      cap: '25.00',
      warning: '80',
      concurrent: '3',
      prices: { catalogue: '0.01', oxylabs: '0.003' },
    });
  });

  test('come out as they went in', () => {
    const any = fc.record({
      budget_cap_cents: fc.integer({ min: 0, max: 100_000_000 }),
      soft_warning_percent: fc.integer({ min: 1, max: 100 }),
      max_concurrent_runs: fc.integer({ min: 1, max: 100 }),
      microusd_per_call: fc.record({ catalogue: fc.integer({ min: 0, max: 900_000_000 }) }),
    });
    fc.assert(
      fc.property(any, (one) => {
        expect(draftToLimits(limitsToDraft(one))).toEqual({ limits: one, problems: null });
      }),
    );
  });

  test.each([
    [{ cap: '12.345' }, ['cap', 'prices']],
    [{ cap: '2000000' }, ['cap', 'prices']],
    [{ cap: '' }, ['cap', 'prices']],
    [{ warning: '0', concurrent: '101' }, ['concurrent', 'prices', 'warning']],
    [{ prices: { catalogue: '-1' } }, ['prices']],
  ])('%o is told where it is wrong', (change, fields) => {
    expect(Object.keys(draftToLimits({ ...draft, ...change }).problems ?? {}).sort()).toEqual(fields);
  });

  test('a price is told by its source', () => {
    const { problems } = draftToLimits({ ...draft, prices: { catalogue: '1', oxylabs: 'x' } });
    expect(Object.keys(problems?.prices ?? {})).toEqual(['oxylabs']);
  });
});
