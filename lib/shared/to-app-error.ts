import { AppError } from './app-error.ts';

/**
 * Anything thrown, as an AppError: itself if it is one, a full disk as `storage_full`, local data that the
 * browser cannot read as `storage_broken`, else `unexpected`: for code that runs in a browser.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isQuotaError(thrown)) return new AppError('storage_full', { cause: thrown });
  if (isUnreadable(thrown)) return new AppError('storage_broken', { cause: thrown });
  return new AppError('unexpected', { cause: thrown });
}

// Dexie wraps an aborted transaction's cause in `inner`; browsers throw a DOMException of this name.
function isQuotaError(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  if ('name' in thrown && thrown.name === 'QuotaExceededError') return true;
  return 'inner' in thrown && isQuotaError(thrown.inner);
}

// What browsers say of a database whose files are damaged or gone: some at its opening, some at a single value.
const unreadable = new Set(['OpenFailedError', 'UnknownError', 'DataError', 'NotReadableError']);

function isUnreadable(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('name' in thrown)) return false;
  return unreadable.has(String(thrown.name));
}
