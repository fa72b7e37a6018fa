import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { openWriter } from '#lib/store/writer.ts';
import { markHandlers } from './mark-handlers.ts';
import type { Workspace } from './workspace.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

it.each([
  [NOW - 5000, NOW - 5000],
  [NOW + 1, NOW],
  [8.64e15, NOW],
  [0, NOW],
  [NOW - 2 * DAY, NOW],
])('an edit of the overlay at %d counts as made at %d', async (said, counted) => {
  const writer = await openWriter(`marks-${said}`);
  const loop = { request: () => Promise.resolve(), isRunning: () => false };
  const connection = {
    server: 'https://example.com',
    token: 'token',
    email: '',
    user_id: '',
    org_id: '',
    org_name: '',
    store_key: writer.storeKey,
  };
  const workspace: Workspace = { connection, writer, loop, betweenSyncs: (work) => work() };
  const current = { get: () => Promise.resolve(workspace), reset: () => Promise.resolve() };
  const handlers = markHandlers(
    current,
    () => undefined,
    () => NOW,
  );
  await handlers['marks.change']({
    id: '10000000-0000-4000-8000-000000000001',
    action: 'add',
    sellers: [{ name: 'someone', feedback_percent: null, feedback_count: null }],
    edited_at: said,
  });
  expect((await writer.own.outbox.toArray()).map(({ edited_at }) => edited_at)).toEqual([counted]);
  writer.close();
});
