import { expect, test } from 'vitest';
import { signedOutStatus } from '#lib/sync/status.ts';
import { isReachable } from './use-reachable.ts';

const synced = { ...signedOutStatus, state: 'synced' } as const;
const syncing = { ...signedOutStatus, state: 'syncing' } as const;
const offline = { ...signedOutStatus, state: 'offline', error: { code: 'unreachable', message: '' } } as const;

test('a server is worth asking when the last sync found it', () => {
  expect(isReachable(null, true)).toBe(false);
  expect(isReachable(signedOutStatus, true)).toBe(false);
  expect(isReachable(synced, false)).toBe(true);
  expect(isReachable(offline, true)).toBe(false);
  expect(isReachable({ ...offline, state: 'attention' }, true)).toBe(false);
  expect(isReachable({ ...synced, state: 'attention', error: { code: 'forbidden', message: '' } }, false)).toBe(true);
});

test('a try that is under way changes nothing until it has brought something', () => {
  expect(isReachable(syncing, false)).toBe(false);
  expect(isReachable(syncing, true)).toBe(true);
  expect(isReachable({ ...syncing, progress: { received: 10, remaining: 5 } }, false)).toBe(true);
});
