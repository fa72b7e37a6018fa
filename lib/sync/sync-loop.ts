import { AppError } from '#lib/shared/app-error.ts';
import { isPassing } from '#lib/shared/error-codes.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { isDiskFull } from '#lib/store/disk-full.ts';
import { createStatusWriter } from './status-writer.ts';
import type { SyncEnvironment } from './sync-environment.ts';
import { syncOnce, tidyUp } from './sync-once.ts';

/** One try and three retries, then the next alarm, edit or tap. */
const RETRIES = 3;
const FIRST_WAIT_MS = 1000;
/** Longest pause within a sync; after it, or when a server asks for more, the next alarm goes on. */
const LONGEST_WAIT_MS = 30_000;

export interface SyncLoop {
  /**
   * Syncs; when a sync is running, once more after it. Resolves when that is done, whether it went
   * well or not: how it went is in the status. `fresh`: a person, an alarm or news of the server asks, so retries are due
   * again. `isAsked`: it is no news, which by itself does not take back that the last try ended offline.
   */
  request(fresh: boolean, isAsked?: boolean): Promise<void>;
  isRunning(): boolean;
}

export function createSyncLoop(env: SyncEnvironment): SyncLoop {
  const status = createStatusWriter(env.writer, env.now);
  let running: Promise<void> | null = null;
  let again = false;
  let retriesLeft = RETRIES;
  let wake = (): void => undefined;
  /** A try that nobody asked for: what the last one ended with is said until it gets through. */
  let isQuiet = false;
  let isTrying = false;

  async function pause(ms: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await Promise.race([env.sleep(ms), woken]);
  }

  /** False when the server asked for a longer wait than a sync should last; nobody's tap shortens it. */
  async function waitAsAsked(): Promise<boolean> {
    const ms = await status.askedToWait().catch(() => 0);
    if (ms > LONGEST_WAIT_MS) return false;
    if (ms > 0) await env.sleep(ms);
    return true;
  }

  async function tryOnce(): Promise<AppError | null> {
    // Even a status may be too much to write then; whoever reads it asks for the room too.
    if (await isDiskFull()) return new AppError('storage_full');
    try {
      isTrying = true;
      status.begin();
      if (!isQuiet) await status.syncing();
      await syncOnce(env, status);
      await status.done();
      return null;
    } catch (thrown) {
      const error = toAppError(thrown);
      await status.failed(error).catch(() => undefined);
      return error;
    } finally {
      isTrying = false;
    }
  }

  /** Whether it went well in the end. */
  async function tryWithRetries(): Promise<boolean> {
    isQuiet = false;
    for (;;) {
      if (!(await waitAsAsked())) return false;
      const { batches } = status;
      const error = await tryOnce();
      // A try that got something through was no failed one.
      if (error === null || status.batches > batches) retriesLeft = RETRIES;
      if (error === null) return true;
      if (error.code === 'unauthorized') await env.signedOut();
      if (!isPassing(error.code) || !env.isOnline() || retriesLeft === 0) return false;
      const retry = RETRIES - retriesLeft;
      retriesLeft--;
      isQuiet = true;
      await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry * (0.5 + env.random())));
    }
  }

  async function tidy(): Promise<void> {
    try {
      await tidyUp(env, () => again);
    } catch (thrown) {
      await status.failed(toAppError(thrown)).catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    const letGo = env.keepAlive();
    try {
      do {
        again = false;
        await env.withLock(`sellerdex-sync-${env.writer.storeKey}`, async () => {
          if (await tryWithRetries()) await tidy();
        });
      } while (again);
    } finally {
      letGo();
      running = null;
    }
  }

  return {
    request(fresh, isAsked = fresh) {
      if (fresh) {
        retriesLeft = RETRIES;
        wake();
      }
      if (isAsked) {
        if (isQuiet && isTrying) void status.syncing().catch(() => undefined);
        isQuiet = false;
      }
      if (running === null) running = run();
      else again = true;
      return running;
    },
    isRunning: () => running !== null,
  };
}
