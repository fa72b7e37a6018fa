import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/shared/app-error.ts';

/** How long a statement waits for a lock before it gives up and lets its transaction be tried again. */
export const LOCK_TIMEOUT_MS = 3_000;

const TRIES = 6;
/** No try begins later than this: with the longest wait after it, the answer still comes within 10 s. */
const LAST_START_MS = 4_000;
const FIRST_WAIT_MS = 20;

/** Serialization failure, deadlock, lock not available: the transaction did nothing, and the next one may go through. */
const conflicts = new Set(['40001', '40P01', '55P03']);

/**
 * Runs a transaction, and again when it got in another's way. Throws `unavailable` when it does not come
 * through; any other error as it is. So what a transaction does beyond the database must bear repeating.
 */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (tries === TRIES || performance.now() - began > LAST_START_MS) {
        throw new AppError('unavailable', { cause: error, details: { retry_after_ms: 1000 + Math.random() * 2000 } });
      }
    }
    // Two that met are drawn apart.
    await sleep(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && conflicts.has(error.code);
}
