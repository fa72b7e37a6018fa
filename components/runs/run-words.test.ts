import { describe, expect, it } from 'vitest';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { activeRuns, elapsedMs, isNearCap, pauseReason, statusWord } from './run-words.ts';

describe('why a run is paused', () => {
  it('says nothing of a run that is not', () => {
    expect(pauseReason({ status: 'running', pause_reason: null, checkpoint: {} })).toBeNull();
  });

  it('says when a quota is renewed, where that is known', () => {
    const checkpoint = { quota_resets_at: '2026-11-22T08:00:00.000Z' };
    const local = new Date(checkpoint.quota_resets_at);
    const words = pauseReason({ status: 'paused', pause_reason: 'quota', checkpoint });
    expect(words).toContain(local.toLocaleString('en-US', { weekday: 'long' }));
    expect(words).toContain(local.toLocaleString('en-US', { hour: 'numeric', minute: '2-digit' }));
    expect(words).toContain('goes on by itself then');
    for (const unknown of [null, {}, { quota_resets_at: 'soon' }])
      expect(pauseReason({ status: 'paused', pause_reason: 'quota', checkpoint: unknown })).toMatch(/is renewed\.$/);
    expect(pauseReason({ status: 'paused', pause_reason: 'auth', checkpoint })).toContain('sign-in');
  });
});

describe('a run that waits for room', () => {
  it('is told from one that starts', () => {
    const waiting = { status: 'pending', pause_reason: null, checkpoint: { schedule_id: 'x' } } as const;
    expect(statusWord(waiting).word).toBe('Waiting');
    expect(pauseReason(waiting)).toMatch(/^Waiting for room.* paused ones included/);
    const starting = { ...waiting, checkpoint: {} };
    expect([statusWord(starting).word, pauseReason(starting)]).toEqual(['Starting', null]);
    const started = { ...waiting, status: 'running' } as const;
    expect([statusWord(started).word, pauseReason(started)]).toEqual(['Running', null]);
  });
});

describe('the runs of a person that go on', () => {
  it('are those that run, then paused ones, then those that wait, each the newest first', () => {
    const statuses = ['pending', 'paused', 'completed', 'running', 'pending', 'running', 'paused'] as const;
    const runs = statuses.map((status, at) => ({ id: String(at), status, created_by: 'me' }) as CollectionRun);
    const others = { id: 'other', status: 'running', created_by: 'ben' } as CollectionRun;
    expect(activeRuns([others, ...runs], 'me').map(({ id }) => id)).toEqual(['3', '5', '1', '6', '0', '4']);
  });
});

describe('how long a run has taken', () => {
  it('is without the pauses before', () => {
    const run = { created_at: 0, started_at: 1000, completed_at: null, checkpoint: { paused_ms: 4000 } };
    expect(elapsedMs(run, 11_000)).toBe(6000);
    expect(elapsedMs({ ...run, completed_at: 21_000, checkpoint: null }, 11_000)).toBe(20_000);
  });
});

it('warns of the cost of a run from the share of its cap that the workspace has set', () => {
  const run = { actual_cost_cents: 60, budget_cap_cents: 100 };
  expect([50, 60, 61, 80].map((percent) => isNearCap(run, percent))).toEqual([true, true, false, false]);
});
