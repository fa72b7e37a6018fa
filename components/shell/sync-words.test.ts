import { describe, expect, test } from 'vitest';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import type { Session, Workspace } from './session.ts';
import { isQuietSync, syncErrorWords, syncWords } from './sync-words.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  state: 'synced',
  waiting: 0,
  attention: 0,
  last_synced_at: now,
  progress: null,
  error: null,
  notice: null,
  ...change,
});
const connection: Workspace['connection'] = {
  server: 'https://example.com',
  token: 'token',
  email: 'a@example.com',
  user_id: 'user',
  org_id: 'org',
  org_name: 'Team',
  store_key: 'key',
};
const internal = { code: 'internal', message: 'The server failed.' };
const session = (change: Partial<SyncStatus>, token: string | null = 'token'): Session => ({
  state: 'connected',
  // The words look at the connection alone; reader and server stay untouched.
  workspace: { connection: { ...connection, token } } as Workspace,
  status: status(change),
});
const text = (from: Session): string => {
  const { head, rest } = syncWords(from, now);
  return rest === '' ? head : `${head}: ${rest}`;
};

describe('status line', () => {
  test.each([
    [{}, 'Synced: just now'],
    [{ last_synced_at: null }, 'Syncing: for the first time'],
    [{ waiting: 3 }, 'Syncing: 3 changes waiting to sync'],
    [{ state: 'syncing' }, 'Syncing'],
    [{ state: 'syncing', progress: { received: 2500, remaining: 7500 } }, 'Syncing: 25 % of 10,000 rows'],
    [{ state: 'syncing', waiting: 38_000 }, 'Syncing: 38,000 changes to go'],
    [
      { state: 'attention', waiting: 3, error: { code: 'invalid_request', message: 'Of another form.' } },
      'Needs attention: the server does not understand this extension. Update both, then sync again. 3 changes waiting to sync',
    ],
    [
      { state: 'attention', waiting: 1, error: { code: 'cursor_expired', message: 'Start again without it.' } },
      'Needs attention: the server lost its place in the list. Sync again; if that does not help, ask the server’s owner. 1 change waiting to sync',
    ],
    [{ state: 'offline', waiting: 1 }, 'Offline: 1 change waiting to sync'],
    [{ state: 'offline', error: internal }, 'Offline: the server has a problem'],
    [{ state: 'offline', waiting: 2, error: internal }, 'Offline: the server has a problem. 2 changes waiting to sync'],
    [
      { state: 'offline', waiting: 1, error: { code: 'unreachable', message: '' } },
      'Offline: 1 change waiting to sync',
    ],
    [{ state: 'attention', attention: 2 }, 'Needs attention: 2 changes were not accepted'],
    [{ state: 'attention', error: { code: 'protocol_newer', message: 'Update it.' } }, 'Needs attention: Update it.'],
    [{ notice: 'lost', waiting: 1 }, 'Needs attention: local data was lost'],
    [{ notice: 'rebuilding' }, 'Syncing: local data was damaged, the list is loaded again'],
    [
      { notice: 'rebuilding', state: 'syncing', progress: { received: 1, remaining: 3 } },
      'Syncing: local data was damaged, the list is loaded again · 25 % of 4 rows',
    ],
    [{ notice: 'rebuilding', state: 'offline' }, 'Offline'],
    [{ state: 'signed_out', waiting: 1 }, 'Signed out: 1 change waiting to sync'],
  ] satisfies [Partial<SyncStatus>, string][])('%j reads %s', (change, words) => {
    expect(text(session(change))).toBe(words);
  });

  test('what a sync ended with is told in words for people, wherever it is told', () => {
    for (const code of ['cursor_expired', 'invalid_cursor'])
      expect(syncErrorWords({ code, message: 'Start again without it.' })).toMatch(
        /^The server lost its place .*owner\.$/,
      );
    expect(syncErrorWords({ code: 'protocol_newer', message: 'Update it.' })).toBe('Update it.');
  });

  test('a revoked sign-in and no connection at all read signed out', () => {
    expect(text(session({ waiting: 2 }, null))).toBe('Signed out: 2 changes waiting to sync');
    expect(text(session({ notice: 'lost' }, null))).toBe('Needs attention: local data was lost');
    expect(text({ state: 'none', workspace: null, status: null })).toBe('Signed out: no server connected');
  });

  test('only a sync that concerns nothing of ours is quiet', () => {
    expect(isQuietSync(status({ state: 'syncing' }))).toBe(true);
    expect(isQuietSync(status({ state: 'syncing', waiting: 1 }))).toBe(false);
    expect(isQuietSync(status({ state: 'syncing', last_synced_at: null }))).toBe(false);
    expect(isQuietSync(status({ state: 'synced' }))).toBe(false);
    expect(isQuietSync(null)).toBe(false);
  });
});
