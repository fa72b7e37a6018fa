import { isTerminal } from '#lib/domain/run.ts';
import { pausedByItself } from '#lib/domain/run-news.ts';
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
  const [chosen, open, attention] = await Promise.all([
    readSyncMinutes(),
    // A base that cannot be read is mended by the next sync, which the alarm brings.
    openRuns(workspace).catch(() => []),
    workspace.writer.own.attention.count(),
  ]);
  await keepAlarm(SYNC_ALARM, open.length > 0 ? Math.min(chosen, RUNNING_MINUTES) : chosen);
  const waiting = attention + open.filter(pausedByItself).length;
  const goesOn = open.some(({ status }) => status !== 'paused');
  await showBadge(waiting > 0 ? { kind: 'attention', count: waiting } : { kind: goesOn ? 'running' : 'none' });
}

/** Runs of this person that are not over. */
async function openRuns({ connection, writer }: Workspace): Promise<CollectionRun[]> {
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  const runs = (await readTableOf(writer.base, 'collection-runs')) as unknown as CollectionRun[];
  return runs.filter((run) => run.created_by === connection.user_id && !isTerminal(run.status));
}
