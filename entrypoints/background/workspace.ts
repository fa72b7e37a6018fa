import { createApi } from '#lib/api/client.ts';
import { keepAlive } from '#lib/platform/keep-alive.ts';
import { readConnection } from '#lib/store/device-database.ts';
import type { Connection } from '#lib/store/types.ts';
import { forgetToken } from '#lib/store/write-connection.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createSyncLoop, type SyncLoop } from '#lib/sync/sync-loop.ts';

/** The connected workspace as the worker holds it. */
export interface Workspace {
  connection: Connection;
  writer: StoreWriter;
  loop: SyncLoop;
}

export interface CurrentWorkspace {
  /** The connected workspace, opened at the first call after the worker's start; null when there is none. */
  get(): Promise<Workspace | null>;
  /** Lets go of the open one; the next `get` reads the connection anew. */
  reset(): Promise<void>;
}

/** `onWritten` after every write of the store. */
export function createCurrentWorkspace(onWritten: () => void): CurrentWorkspace {
  let current: Promise<Workspace | null> | null = null;

  async function open(): Promise<Workspace | null> {
    const connection = await readConnection();
    if (connection === undefined) return null;
    const writer = await openWriter(connection.store_key, onWritten);
    return { connection, writer, loop: createLoop(connection, writer, () => reset()) };
  }

  function get(): Promise<Workspace | null> {
    // A failed opening (a full disk, for one) must not be remembered: the next call tries again.
    current ??= open().catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  }

  async function reset(): Promise<void> {
    const before = current;
    current = null;
    const workspace = await before?.catch(() => null);
    workspace?.writer.close();
  }

  return { get, reset };
}

function createLoop(connection: Connection, writer: StoreWriter, reset: () => Promise<void>): SyncLoop {
  const { server, token, org_id: orgId } = connection;
  return createSyncLoop({
    api: createApi({ server, token, orgId }),
    writer,
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isOnline: () => navigator.onLine,
    withLock: (name, work) => navigator.locks.request(name, work),
    keepAlive,
    async signedOut() {
      if (await forgetToken(connection)) await reset();
    },
  });
}
