import { noticeOf, runOfNotice } from '#components/runs/news-words.ts';
import { runNews } from '#lib/domain/run-news.ts';
import { openManager } from '#lib/platform/manager-tab.ts';
import { notify, onNotificationClick } from '#lib/platform/notifications.ts';
import { readSilenced } from '#lib/store/device-database.ts';
import { readMeta, writeMeta } from '#lib/store/own-database.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

/**
 * Tells a person when a run of theirs ended or paused by itself, once for each. The returned function looks;
 * to be called after every sync. To be made synchronously at the worker's start: a click may be what woke it.
 */
export function createRunNotices(current: CurrentWorkspace): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  onNotificationClick((id) => {
    const run = runOfNotice(id);
    if (run !== null) openManager(`#/runs?run=${run}`).catch(() => undefined);
  });
  return () => {
    // One look after the other: two at a time would both find what is new.
    last = last.then(async () => {
      const workspace = await current.get();
      if (workspace !== null) await tell(workspace);
    });
    const look = last;
    // A look that failed is made up for by the next one.
    last = last.catch(() => undefined);
    return look;
  };
}

async function tell({ connection, writer: { own, base } }: Workspace): Promise<void> {
  // Before the first pull is through, all runs of the past would look new.
  if ((await base.cursors.get('collection-runs'))?.complete !== true) return;
  const before = await readMeta(own, 'runs_told');
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  const runs = (await readTableOf(base, 'collection-runs')) as unknown as CollectionRun[];
  const { news, told } = runNews(before ?? null, runs, connection.user_id);
  const silenced = await readSilenced();
  // Shown before it is noted: whoever is killed in between shows it again in the same place, and loses none.
  for (const { kind, run } of news) if (!silenced.includes(kind)) await notify(noticeOf(kind, run));
  if (JSON.stringify(told) !== JSON.stringify(before)) await writeMeta(own, 'runs_told', told);
}
