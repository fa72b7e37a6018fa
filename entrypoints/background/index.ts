import { defineBackground } from 'wxt/utils/define-background';
import { z } from 'zod';
import { withinMs } from '#lib/shared/within-ms.ts';
import { onAlarm } from '#lib/platform/alarm.ts';
import { connectionNote } from '#lib/platform/connection-note.ts';
import { onUpdateAvailable } from '#lib/platform/extension-update.ts';
import { listen, onStart } from '#lib/platform/listen.ts';
import { createOverlayRevision } from '#lib/platform/overlay-revision.ts';
import { mendBase } from '#lib/store/mend-base.ts';
import { readSyncStatus, signedOutStatus } from '#lib/sync/status.ts';
import { connectionHandlers } from './connection-handlers.ts';
import { deviceHandlers } from './device-handlers.ts';
import { editHandlers } from './edit-handlers.ts';
import { markHandlers } from './mark-handlers.ts';
import { createRunNotices } from './run-notices.ts';
import { schedule, SYNC_ALARM } from './schedule.ts';
import { syncWorkspace } from './sync-workspace.ts';
import { noteUpdate, resumeAfterUpdate, updateWhenUnused } from './updates.ts';
import { createCurrentWorkspace, type Workspace } from './workspace.ts';

// The extension's content security policy forbids eval, which zod would use for speed.
z.config({ jitless: true });

/** A page that asks for a sync hears of it after that long at the latest, done or not. */
const SYNC_ANSWER_MS = 10_000;

/** A killed worker may have left edits unsent, and the browser may have dropped the base meanwhile. */
async function hasWork({ writer, betweenSyncs }: Workspace): Promise<boolean> {
  return (await betweenSyncs(() => mendBase(writer, 'cursors'))) || (await writer.own.outbox.count()) > 0;
}

export default defineBackground(() => {
  const current = createCurrentWorkspace(createOverlayRevision(), connectionNote);

  const tellOfRuns = createRunNotices(current);

  async function sync(fresh: boolean, isAsked = fresh): Promise<void> {
    try {
      await syncWorkspace(current, fresh, isAsked);
    } finally {
      await schedule(current);
      await tellOfRuns().catch(() => undefined);
    }
  }

  /** Failures are in the status, or come again with the next event; there is nobody here to tell. */
  function syncSoon(fresh: boolean): void {
    sync(fresh).catch(() => undefined);
  }

  listen({
    ...connectionHandlers({
      current,
      sync: () => sync(true),
      note: connectionNote,
      unschedule: () => schedule(current),
    }),
    ...deviceHandlers({ current, sync: () => syncSoon(true), schedule: () => schedule(current) }),
    ...editHandlers(current, syncSoon),
    ...markHandlers(current, syncSoon),
    async 'sync.now'({ news = false }) {
      await withinMs(SYNC_ANSWER_MS, sync(true, !news));
      const workspace = await current.get();
      if (workspace === null) return signedOutStatus;
      return readSyncStatus(workspace.writer.own, workspace.connection.token !== null, Date.now());
    },
  });
  onAlarm(SYNC_ALARM, () => {
    syncSoon(true);
    updateWhenUnused().catch(() => undefined);
  });
  onUpdateAvailable((version) => {
    noteUpdate(version).catch(() => undefined);
  });
  onStart(() => syncSoon(true));
  addEventListener('online', () => syncSoon(true));

  // Every start of the worker: alarms may be gone, and much may have happened.
  void (async () => {
    await resumeAfterUpdate().catch(() => undefined);
    const workspace = await current.get();
    if (workspace !== null && (await hasWork(workspace))) await sync(false);
    else await schedule(current);
  })().catch(() => undefined);
});
