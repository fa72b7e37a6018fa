import { describe, expect, test } from 'vitest';
import type { NewsRun } from './run-news.ts';
import { runNews } from './run-news.ts';

const run = (no: number, change: Partial<NewsRun> = {}): NewsRun => ({
  id: `run-${no}`,
  no,
  status: 'running',
  pause_reason: null,
  paused_at: null,
  created_by: 'me',
  ...change,
});
/** What each look of a row of looks tells, as `kind id`. */
function look(...looks: NewsRun[][]): string[][] {
  let told: Parameters<typeof runNews>[0] = null;
  return looks.map((runs) => {
    const found = runNews(told, runs, 'me');
    told = JSON.parse(JSON.stringify(found.told)) as typeof told;
    return found.news.map(({ kind, run: { id } }) => `${kind} ${id}`);
  });
}

describe('news of runs', () => {
  test('the first look tells nothing, and nothing of it later', () => {
    const old = run(1, { status: 'completed' });
    expect(look([old], [old])).toEqual([[], []]);
  });

  test('an end is told once', () => {
    const done = run(1, { status: 'completed' });
    expect(look([run(1)], [run(1)], [done], [done], [done])).toEqual([[], [], ['completed run-1'], [], []]);
  });

  test('so is the end of a run that this browser never saw running', () => {
    const before = run(3, { status: 'failed' });
    expect(look([before], [before, run(4, { status: 'failed' })])).toEqual([[], ['failed run-4']]);
    expect(look([], [run(1, { status: 'completed' })])).toEqual([[], ['completed run-1']]);
  });

  test('each pause that nobody made is told once, also the second for the same reason', () => {
    const first = run(1, { status: 'paused', pause_reason: 'budget', paused_at: 5 });
    const second = { ...first, paused_at: 9 };
    expect(look([run(1)], [first], [first], [run(1)], [second], [second])).toEqual([
      [],
      ['paused run-1'],
      [],
      [],
      ['paused run-1'],
      [],
    ]);
    expect(look([run(1)], [first], [second])).toEqual([[], ['paused run-1'], ['paused run-1']]);
  });

  test('what a person did is no news to that person', () => {
    const paused = run(1, { status: 'paused', pause_reason: 'user', paused_at: 5 });
    expect(look([run(1)], [paused], [run(1, { status: 'cancelled' })])).toEqual([[], [], []]);
  });

  test('runs of others are no news', () => {
    const theirs = run(1, { created_by: 'them' });
    expect(look([theirs], [{ ...theirs, status: 'completed' }])).toEqual([[], []]);
  });
});
