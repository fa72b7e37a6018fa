import { describe, expect, test } from 'vitest';
import type { OutboxEntry } from '#lib/store/types.ts';
import type { Activity } from '#lib/tables/activity.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { type Filter, matches, timeline } from './timeline.ts';
import { lineWords } from './timeline-words.ts';

const run = (id: string, at: number, by = 'me') =>
  ({
    id,
    created_at: at,
    created_by: by,
    name: id,
    status: 'completed',
    sellers_found: 3,
    sellers_new: 1,
  }) as CollectionRun;
const entry = (id: string, at: number, change: Partial<Activity> = {}) =>
  ({
    id,
    created_at: at,
    kind: 'sellers.flag',
    run_id: null,
    actor_id: 'me',
    actor_name: 'Ann',
    summary: `Flagged ${id}`,
    ...change,
  }) as Activity;
const edit = (id: string, change: Partial<OutboxEntry> = {}) =>
  ({
    id,
    op: 'flag',
    data: { flagged: true },
    edited_at: 100,
    targets: [{ id: 'x', no: 7 }],
    size: 1,
    state: 'waiting',
    ...change,
  }) as OutboxEntry;
const keys = (parts: Parameters<typeof timeline>[0], oldest: number | null = null) =>
  timeline(parts, 'me', oldest).map(({ key }) => key);
const none = { runs: [], entries: [], outbox: [] };

describe('the history', () => {
  test('is in one order, newest first, with what is not sent on top', () => {
    expect(
      keys({
        runs: [run('run-2', 20), run('run-1', 10)],
        entries: [entry('c', 25), entry('b', 15)],
        outbox: [edit('w1', { edited_at: 5 }), edit('w2', { edited_at: 6 })],
      }),
    ).toEqual(['w2', 'w1', 'c', 'run-2', 'b', 'run-1']);
  });

  test('tells steps of a run by the run alone', () => {
    expect(keys({ ...none, entries: [entry('a', 1, { kind: 'run.started', run_id: 'run-1' })] })).toEqual([]);
  });

  test('has what schedules did among the runs', () => {
    const entries = [entry('a', 1, { kind: 'schedule.skipped', actor_id: null, table_name: null })];
    expect(timeline({ ...none, entries }, 'me', null)).toMatchObject([{ topic: 'runs', kind: 'change', mine: false }]);
  });

  test('keeps runs back until the entries around them are read', () => {
    const parts = { ...none, runs: [run('new', 20), run('old', 5)], entries: [entry('a', 10)] };
    expect(keys(parts, 10)).toEqual(['new', 'a']);
    expect(keys(parts)).toEqual(['new', 'a', 'old']);
  });

  test('shows the parts of one edit of many rows as one, and what the server has no longer as waiting', () => {
    const targets = [
      { id: 'x', no: 7 },
      { id: 'y', no: 8 },
    ];
    const items = timeline(
      {
        ...none,
        outbox: [
          edit('p0', { targets, size: 2 }),
          edit('p1', { targets, size: 2 }),
          edit('other', { targets, size: 2, data: { flagged: false } }),
          edit('done', { state: 'acknowledged' }),
        ],
      },
      'me',
      null,
    );
    expect(items.map((item) => lineWords(item, () => undefined)[0])).toEqual([
      'Unflagged 2 sellers',
      'Flagged 4 sellers',
    ]);
  });
});

describe('a line', () => {
  const [waiting] = timeline({ ...none, outbox: [edit('w')] }, 'me', null);
  const [change] = timeline({ ...none, entries: [entry('acme', 1, { actor_id: 'you' })] }, 'me', null);
  const [ran] = timeline({ ...none, runs: [run('Kitchen', 1)] }, 'me', null);

  test('says what was done and by whom', () => {
    if (waiting === undefined || change === undefined || ran === undefined) throw new Error('three were given');
    expect(lineWords(waiting, (no) => (no === 7 ? 'acme_parts' : undefined))).toEqual(['Flagged acme_parts', 'You']);
    expect(lineWords(change, () => undefined)).toEqual(['Flagged acme', 'Ann']);
    expect(lineWords(ran, () => undefined)).toEqual(['Kitchen', 'Completed · 3 sellers found, 1 new']);
  });

  test.each<[Partial<Filter>, boolean]>([
    [{}, true],
    [{ topic: 'flags' }, true],
    [{ topic: 'runs' }, false],
    [{ mine: true }, false],
    [{ search: ' ACME ' }, true],
    [{ search: 'ann' }, true],
    [{ search: 'bert' }, false],
  ])('is found by %o: %s', (part, found) => {
    if (change === undefined) throw new Error('one was given');
    const words = lineWords(change, () => undefined).join(' ');
    expect(matches(change, words, { topic: null, mine: false, search: '', ...part })).toBe(found);
  });
});
