import { createApi } from '#lib/api/client.ts';
import type { ConnectionNote } from '#lib/platform/connection-note.ts';
import { keepAlive } from '#lib/platform/keep-alive.ts';
import { finishLeaving } from '#lib/store/delete-store.ts';
import { readConnection } from '#lib/store/device-database.ts';
import { writeNotice } from '#lib/store/notices.ts';
import type { Connection } from '#lib/store/types.ts';
import { forgetToken, writeConnection } from '#lib/store/write-connection.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createSyncLoop, type SyncLoop } from '#lib/sync/sync-loop.ts';

/** The connected workspace as the worker holds it. */
export interface Workspace {
  connection: Connection;
  writer: StoreWriter;
  loop: SyncLoop;
  /** Runs `work` while no sync of this store runs, one of a worker before included; waits for it. */
  betweenSyncs<T>(work: () => Promise<T>): Promise<T>;
}

export interface CurrentWorkspace {
  /** The connected workspace, opened at the first call after the worker's start; null when there is none. */
  get(): Promise<Workspace | null>;
  /**
   * Lets go of the open one and runs `change` while nobody has one; the next `get` reads the connection anew.
   * What was begun in the old one ends before or fails, and never goes into the new one.
   */
  reset(change?: () => Promise<void>): Promise<void>;
}

interface OpenWorkspace extends Workspace {
  close(): void;
}

/** `onWritten` after every write of the store; `note` outlives a loss of all databases. */
export function createCurrentWorkspace(onWritten: () => void, note: ConnectionNote): CurrentWorkspace {
  let current: Promise<OpenWorkspace | null> | null = null;
  let changing: Promise<void> = Promise.resolve();

  async function open(): Promise<OpenWorkspace | null> {
    const connection = (await readConnection()) ?? (await recallConnection());
    if (connection === null) {
      // What cannot be deleted now is tried again before anything is connected.
      await finishLeaving().catch(() => undefined);
      return null;
    }
    await note.write(connection);
    const writer = await openWriter(connection.store_key, onWritten);
    if (writer.isNew) await writeNotice(writer.own, 'lost');
    return openSyncing(connection, writer, () => reset());
  }

  // Signed out, but still itself: what was lost is said, and signing in again brings the list back.
  async function recallConnection(): Promise<Connection | null> {
    const noted = await note.read();
    if (noted !== null) await writeConnection(noted);
    return noted;
  }

  async function get(): Promise<Workspace | null> {
    for (let waited: Promise<void> | null = null; waited !== changing; await waited) waited = changing;
    // The browser closed a database and could not open it again (a full disk); Dexie never tries a second time.
    const failed = (await current?.catch(() => null))?.writer;
    if (failed?.own.hasFailed() === true || failed?.base.hasFailed() === true) await reset();
    // A failed opening (a full disk, for one) must not be remembered: the next call tries again.
    current ??= open().catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  }

  async function letGo(): Promise<void> {
    const before = current;
    current = null;
    (await before?.catch(() => null))?.close();
  }

  function reset(change: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const changed = changing.then(letGo).then(change);
    changing = changed.catch(() => undefined);
    return changed;
  }

  return { get, reset };
}

function openSyncing(connection: Connection, writer: StoreWriter, reset: () => Promise<void>): OpenWorkspace {
  const { server, token, org_id: orgId } = connection;
  let closed = false;
  const withLock = <T>(name: string, work: () => Promise<T>): Promise<T> => navigator.locks.request(name, work);
  const loop = createSyncLoop({
    api: createApi({ server, token, orgId }),
    writer,
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isOnline: () => navigator.onLine && !closed,
    withLock,
    keepAlive,
    async signedOut() {
      if (await forgetToken(connection)) await reset();
    },
  });
  return {
    connection,
    writer,
    loop,
    // The lock that sync-loop.ts takes.
    betweenSyncs: (work) => withLock(`sellerdex-sync-${writer.storeKey}`, work),
    close() {
      closed = true;
      writer.close();
      // One that pauses between two tries would keep its lock from whoever connects here again.
      if (loop.isRunning()) void loop.request(true);
    },
  };
}
