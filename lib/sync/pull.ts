import type { PullPage } from '#lib/protocol/pull.ts';
import { PULL_LIMIT_MAX } from '#lib/protocol/pull.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { applyPull } from '#lib/store/apply-pull.ts';
import { hasRoomForPulls } from '#lib/store/disk-full.ts';
import type { CursorRecord } from '#lib/store/types.ts';
import type { TableName } from '#lib/tables/index.ts';
import type { SyncEnvironment } from './sync-environment.ts';

/** The first answer is small, so that the first rows show within half a second. */
const FIRST_ROWS = 1000;
const CHANGE_ROWS = 2000;

/**
 * Pulls one table until the server has no more, one answer a transaction. While an answer is stored the
 * next one is under way. `onStored` after each; it may throw to stop. Resolves to the last answer's
 * `server_time`, epoch milliseconds.
 */
export async function pullTable(
  env: SyncEnvironment,
  table: TableName,
  onStored: (cursor: CursorRecord) => Promise<void>,
): Promise<number> {
  const base = env.writer.target;
  const known = await base.cursors.get(table);
  let cursor = known?.cursor ?? null;
  let answer = await env.api.pull(table, { cursor, limit: known === undefined ? FIRST_ROWS : limitAfter(known) });
  for (;;) {
    checkProgress(answer, cursor);
    cursor = answer.next_cursor;
    const next = answer.has_more ? askAhead(env, table, cursor, answer) : null;
    if (rowsOf(answer) > 0) await checkRoom();
    const stored = await applyPull(base, table, answer);
    env.writer.written({ base: true });
    await onStored(stored);
    if (next === null) return Date.parse(answer.server_time);
    const got = await next;
    if ('failed' in got) throw got.failed;
    answer = got.answer;
  }
}

type Ahead = { answer: PullPage } | { failed: unknown };

// Settles only: the answer before it may fail to be stored while nobody waits for this one.
function askAhead(env: SyncEnvironment, table: TableName, cursor: string, last: PullPage): Promise<Ahead> {
  const limit = last.remaining > CHANGE_ROWS ? PULL_LIMIT_MAX : CHANGE_ROWS;
  return env.api.pull(table, { cursor, limit }).then(
    (answer): Ahead => ({ answer }),
    (failed: unknown): Ahead => ({ failed }),
  );
}

function limitAfter(cursor: CursorRecord): number {
  return cursor.complete ? CHANGE_ROWS : PULL_LIMIT_MAX;
}

function checkProgress(answer: PullPage, cursor: string | null): void {
  if (!answer.has_more || rowsOf(answer) > 0 || answer.next_cursor !== cursor) return;
  throw new AppError('invalid_answer', { details: { path: '/sync', reason: 'the cursor stands still' } });
}

async function checkRoom(): Promise<void> {
  if (!(await hasRoomForPulls())) throw new AppError('little_room');
}

function rowsOf(page: PullPage): number {
  return ('items' in page ? page.items : page.columns['no'])?.length ?? 0;
}
