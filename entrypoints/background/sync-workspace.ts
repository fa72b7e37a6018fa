import type { SyncLoop } from '#lib/sync/sync-loop.ts';
import { mendBase, noteComplete } from '#lib/store/mend-base.ts';
import { readMeta } from '#lib/store/own-database.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

/** Syncs the connected workspace, after a look at whether its local data is still what it was. */
export async function syncWorkspace(current: CurrentWorkspace, ...why: Parameters<SyncLoop['request']>): Promise<void> {
  const workspace = await withOwnData(current);
  if (workspace === null || workspace.connection.token === null) return;
  // One that pauses between two tries is woken rather than waited for.
  if (!workspace.loop.isRunning()) await workspace.betweenSyncs(() => mend(workspace));
  await workspace.loop.request(...why);
  // The server may have refused the token meanwhile, or somebody else signed in.
  if ((await current.get()) === workspace) await noteComplete(workspace.writer);
}

// Damage that a sync met outside its pulls is looked for before the next one.
async function mend({ writer }: Workspace): Promise<void> {
  const { error } = (await readMeta(writer.own, 'sync')) ?? { error: null };
  await mendBase(writer, error?.code === 'storage_broken' ? 'pages' : 'cursors');
}

// Dropped by the browser while it was open: the opening anew notices that, and says so.
async function withOwnData(current: CurrentWorkspace): Promise<Workspace | null> {
  const workspace = await current.get();
  if (workspace === null || (await readMeta(workspace.writer.own, 'base')) !== undefined) return workspace;
  await current.reset();
  return current.get();
}
