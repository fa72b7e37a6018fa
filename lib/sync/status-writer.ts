import type { AppError } from '#lib/shared/app-error.ts';
import type { SyncRecord } from '#lib/store/own-database.ts';
import { bumpRevision, readMeta, writeMeta } from '#lib/store/own-database.ts';
import type { StoreWriter } from '#lib/store/writer.ts';
import type { CursorRecord } from '#lib/store/types.ts';

/** A sync that has not been heard of for so long was killed. */
export const SYNCING_MS = 30_000;
/** Own data is written with strict durability, which costs a disk flush: progress is not worth more of them. */
const PROGRESS_EVERY_MS = 500;

/** A server that asks for more is asked again after that. */
const LONGEST_WAIT_MS = 600_000;

/** Writes how the sync goes into the own database, where pages read it. */
export interface StatusWriter {
  /** A try begins, of which nothing is said yet. */
  begin(): void;
  /** Says that a sync goes on, over what the last one ended with. */
  syncing(): Promise<void>;
  received(cursor: CursorRecord): Promise<void>;
  /** A batch has come through: the server is there. */
  sent(): Promise<void>;
  /** Batches sent so far. */
  readonly batches: number;
  done(): Promise<void>;
  failed(error: AppError): Promise<void>;
  /** Milliseconds for which the server asked to be left alone yet; 0 when it did not. */
  askedToWait(): Promise<number>;
}

export const NO_SYNC: SyncRecord = { syncing_until: 0, last_synced_at: null, progress: null, error: null, wait: null };

export function createStatusWriter(writer: StoreWriter, now: () => number): StatusWriter {
  const cursors = new Map<string, CursorRecord>();
  let written = 0;
  let batches = 0;

  async function write(change: Partial<SyncRecord>): Promise<void> {
    const { own } = writer;
    await own.transaction('rw', own.meta, async () => {
      await writeMeta(own, 'sync', { ...NO_SYNC, ...(await readMeta(own, 'sync')), ...change });
      await bumpRevision(own);
    });
    written = now();
    writer.written({ outbox: true });
  }

  return {
    begin: () => cursors.clear(),
    syncing: () => write({ syncing_until: now() + SYNCING_MS }),
    async received(cursor) {
      cursors.set(cursor.table, cursor);
      if (now() - written < PROGRESS_EVERY_MS) return;
      await write({ syncing_until: now() + SYNCING_MS, progress: progressOf([...cursors.values()]) });
    },
    async sent() {
      batches++;
      if (now() - written < PROGRESS_EVERY_MS) return;
      await write({ syncing_until: now() + SYNCING_MS, error: null });
    },
    get batches() {
      return batches;
    },
    done: () => write({ syncing_until: 0, last_synced_at: now(), progress: null, error: null, wait: null }),
    failed: ({ code, message, details }) => {
      const asked = details['retry_after_ms'];
      const wait = typeof asked === 'number' ? { since: now(), until: now() + Math.min(asked, LONGEST_WAIT_MS) } : null;
      return write({ syncing_until: 0, progress: null, error: { code, message }, wait });
    },
    async askedToWait() {
      const wait = (await readMeta(writer.own, 'sync'))?.wait ?? null;
      return wait === null || now() < wait.since ? 0 : Math.max(0, wait.until - now());
    },
  };
}

function progressOf(cursors: readonly CursorRecord[]): SyncRecord['progress'] {
  const first = cursors.filter(({ complete }) => !complete);
  if (first.length === 0) return null;
  const sum = (pick: (cursor: CursorRecord) => number): number =>
    first.reduce((total, cursor) => total + pick(cursor), 0);
  return { received: sum(({ received }) => received), remaining: sum(({ remaining }) => remaining) };
}
