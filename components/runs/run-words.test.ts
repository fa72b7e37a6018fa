import { describe, expect, it } from 'vitest';
import { pauseReason } from './run-words.ts';

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
    expect(words).toContain('resume then');
    for (const unknown of [null, {}, { quota_resets_at: 'soon' }])
      expect(pauseReason({ status: 'paused', pause_reason: 'quota', checkpoint: unknown })).toMatch(/is renewed\.$/);
    expect(pauseReason({ status: 'paused', pause_reason: 'auth', checkpoint })).toContain('sign-in');
  });
});
