import { describe, expect, test } from 'vitest';
import { addSample, type RunSample, searchesPerMinute } from './run-samples.ts';

const run = (processed: number) => ({
  processed_items: processed,
  sellers_found: processed * 10,
  sellers_new: processed * 5,
  started_at: 1000,
  created_at: 0,
});
/** One sample a second, `perSecond` searches in each. */
function grow(seconds: number, perSecond: number): readonly RunSample[] {
  let samples: readonly RunSample[] = [];
  for (let second = 0; second < seconds; second++)
    samples = addSample(samples, run(second * perSecond), 1000 + second * 1000);
  return samples;
}

describe('samples of a run', () => {
  test('begin with nothing at its start', () => {
    expect(addSample([], run(3), 5000)).toEqual([
      { at: 1000, processed: 0, found: 0, fresh: 0 },
      { at: 5000, processed: 3, found: 30, fresh: 15 },
    ]);
  });

  test('are a second apart at least', () => {
    const samples = addSample([], run(3), 5000);
    expect(addSample(samples, run(4), 5900)).toBe(samples);
    expect(addSample(samples, run(4), 6000)).toHaveLength(3);
  });

  test('stay few, in order, with the first and the newest', () => {
    const samples = grow(2000, 1);
    expect(samples.length).toBeLessThanOrEqual(240);
    expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(samples[0]).toMatchObject({ at: 1000, processed: 0 });
    expect(samples.at(-1)?.processed).toBe(1999);
  });

  test('tell the pace of the last minute', () => {
    expect(searchesPerMinute(grow(30, 2))).toBeCloseTo(120);
    const slower = [...grow(120, 1), { at: 400_000, processed: 500, found: 0, fresh: 0 }];
    expect(searchesPerMinute([...slower, { at: 430_000, processed: 505, found: 0, fresh: 0 }])).toBeCloseTo(10);
    expect(searchesPerMinute([])).toBeNull();
    expect(searchesPerMinute(grow(30, 0))).toBeNull();
  });
});
