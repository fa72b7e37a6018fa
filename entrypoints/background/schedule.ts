import { isTerminal } from '#lib/domain/run.ts';
import { dropAlarm, keepAlarm } from '#lib/platform/alarm.ts';
import { showBadge } from '#lib/platform/badge.ts';
import { readSyncMinutes } from '#lib/store/device-database.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

export const SYNC_ALARM = 'sync';
/** While a run of mine is active; open pages hear of it by events much sooner. */
const RUNNING_MINUTES = 1;

/** Sets alarm and badge by what the store holds; after every sync and at the worker's start. */
export async function schedule(current: CurrentWorkspace): Promise<void> {
  const workspace = await current.get();
  if (workspace === null || workspace.connection.token === null) {
    await Promise.all([dropAlarm(SYNC_ALARM), showBadge({ kind: 'none' })]);
    return;
  }
  const [chosen, running, attention] = await Promise.all([
    readSyncMinutes(),
    // A base that cannot be read is mended by the next sync, which the alarm brings.
    hasActiveRun(workspace).catch(() => false),
    workspace.writer.own.attention.count(),
  ]);
  await keepAlarm(SYNC_ALARM, running ? Math.min(chosen, RUNNING_MINUTES) : chosen);
  await showBadge(attention > 0 ? { kind: 'attention', count: attention } : { kind: running ? 'running' : 'none' });
}

async function hasActiveRun({ connection, writer }: Workspace): Promise<boolean> {
  const runs = await readTableOf(writer.base, 'collection-runs');
  return runs.some((row) => {
    const { created_by, status } = row as unknown as CollectionRun;
    return created_by === connection.user_id && !isTerminal(status);
  });
}
