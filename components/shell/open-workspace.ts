import { createApi } from '#lib/api/client.ts';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import { OwnDatabase } from '#lib/store/own-database.ts';
import { createReader } from '#lib/store/reader.ts';
import type { Connection } from '#lib/store/types.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { openPatiently } from '#lib/store/open-patiently.ts';
import { readSyncStatus, signedOutStatus } from '#lib/sync/status.ts';
import type { Workspace } from './session.ts';

/** A killed worker stops “syncing” by time alone, without a write that could be followed. */
const LOOK_EVERY_MS = 5000;

export interface OpenWorkspace {
  workspace: Workspace;
  /** Calls back with the status now and after every change of it. */
  followStatus(listener: (status: SyncStatus) => void): () => void;
  close(): void;
}

/** Opens the local data and the server of a connection for this page. */
export function openWorkspace(connection: Connection): OpenWorkspace {
  const { server, token, org_id: orgId, store_key: storeKey } = connection;
  const reader = createReader(storeKey);
  const own = new OwnDatabase(storeKey);
  const api = createApi({ server, token, orgId });

  function followStatus(listener: (status: SyncStatus) => void): () => void {
    let stopped = false;
    let shown = '';
    let begun = 0;
    let latest = 0;
    const look = async (): Promise<void> => {
      const mine = ++begun;
      const status = await statusOf(own, token !== null);
      // One that took longer than those begun after it says what was.
      if (stopped || mine < latest) return;
      latest = mine;
      const text = JSON.stringify(status);
      if (text === shown) return;
      shown = text;
      listener(status);
    };
    // A look that fails is made up for by the next one.
    const lookQuietly = (): void => void look().catch(() => undefined);
    const unfollow = reader.onChange(({ outbox }) => {
      if (outbox) lookQuietly();
    });
    const timer = setInterval(lookQuietly, LOOK_EVERY_MS);
    lookQuietly();
    return () => {
      stopped = true;
      clearInterval(timer);
      unfollow();
    };
  }

  return {
    workspace: { connection, reader, api },
    followStatus,
    close() {
      reader.close();
      own.close();
    },
  };
}

/** The status, or that local data cannot be had and what to do about it. */
async function statusOf(own: OwnDatabase, signedIn: boolean): Promise<SyncStatus> {
  try {
    await openPatiently(own);
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    return { ...signedOutStatus, state: 'attention', error: { code, message } };
  }
  return readSyncStatus(own, signedIn, Date.now());
}
