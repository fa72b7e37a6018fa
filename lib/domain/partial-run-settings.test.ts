import { describe, expect, it } from 'vitest';
import { partialRunSettings } from './partial-run-settings.ts';

const problems = (value: unknown) =>
  partialRunSettings.safeParse(value).error?.issues.map(({ path, code }) => [path.join('.'), code]);

describe('some settings of a run', () => {
  it('stay some: what is left out gets no default', () => {
    expect(partialRunSettings.parse({})).toEqual({});
    const some = { parallel: 2, location: null, price_band: { mode: 'markup', low: 10, high: 20 } };
    expect(partialRunSettings.parse(some)).toEqual(some);
  });

  it('are as strict as all of them', () => {
    expect(problems({ parallel: 21 })).toEqual([['parallel', 'too_big']]);
    expect(problems({ price_band: { mode: 'share', low: 9, high: 1 } })).toEqual([['price_band', 'custom']]);
    expect(problems({ paralel: 2 })).toEqual([['', 'unrecognized_keys']]);
  });
});
