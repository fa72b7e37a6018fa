import { describe, expect, test } from 'vitest';
import { failuresByKind, foundOverTime } from './run-figures-over-time.ts';

const item = (second: number, isNew: boolean) => ({
  created_at: new Date(second * 1000).toISOString(),
  is_new: isNew,
});

describe('a run’s figures over time', () => {
  test('begin at its start and end with all of them', () => {
    expect(foundOverTime([item(2, true), item(3, false), item(5, true)], 1000, 9000)).toEqual({
      at: [1000, 2000, 3000, 5000, 9000],
      found: [0, 1, 2, 3, 3],
      fresh: [0, 1, 1, 2, 2],
    });
    expect(foundOverTime([item(2, true)], 1000, 2000)?.at).toEqual([1000, 2000]);
    expect(foundOverTime([], 1000, 9000)).toBeNull();
  });

  test('stay few enough to draw, and lose no seller', () => {
    const growth = foundOverTime(
      Array.from({ length: 10_001 }, (_, at) => item(at, at % 2 === 0)),
      0,
      20_000_000,
    );
    expect(growth?.at.length).toBeLessThanOrEqual(123);
    expect(growth?.found.at(-1)).toBe(10_001);
    expect(growth?.fresh.at(-1)).toBe(5001);
  });
});

test('failures are counted by kind, most frequent first', () => {
  const failed = ['timeout', 'blocked', 'timeout', null, 'brand_new'].map((code) => ({ error_code: code }));
  expect(failuresByKind(failed).map(({ name, value }) => [name, value])).toEqual([
    ['No answer in time', 2],
    ['Block page', 1],
    ['brand new', 1],
    ['unknown', 1],
  ]);
});
