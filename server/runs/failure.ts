import type { AppError } from '#lib/shared/app-error.ts';
import type { ErrorCode } from '#lib/shared/error-codes.ts';

/** Repeats of a failed call before its search counts as failed. */
export const MAX_RETRIES = 3;
/** Searches failed in a row after which a run pauses by itself. */
export const FAILURE_STREAK = 5;
/** Waits between requests to slow down grow this often, whatever the provider tells. */
const THROTTLE_DOUBLINGS = 5;

export type Verdict =
  | { do: 'wait'; ms: number; reason: 'waiting' | 'retrying' }
  | { do: 'pause'; reason: 'auth' | 'quota' }
  | { do: 'give_up' };

export interface Tries {
  failures: number;
  throttles: number;
}

/** What to do after a failed call; `tries` counts this one already. */
export function judgeFailure(error: AppError, tries: Tries, backoffMs: number): Verdict {
  if (error.code === 'auth' || error.code === 'quota') return { do: 'pause', reason: error.code };
  if (isThrottle(error)) {
    // A provider that asks to wait is waited for, as long as it takes; one that always says “now” is not hammered.
    const told = error.details['retry_after_ms'];
    const least = (backoffMs / 4) * 2 ** Math.min(tries.throttles - 1, THROTTLE_DOUBLINGS);
    return { do: 'wait', ms: Math.max(typeof told === 'number' ? told : 10_000, least), reason: 'waiting' };
  }
  if (tries.failures <= MAX_RETRIES) {
    return { do: 'wait', ms: backoffMs * 2 ** (tries.failures - 1), reason: 'retrying' };
  }
  return { do: 'give_up' };
}

/** Failures of a search that a resume may mend: the provider failed, not what was asked or this program. */
export const providerErrors: readonly ErrorCode[] = ['rate_limited', 'timeout', 'http_error', 'parse_error', 'blocked'];

/** When the provider's quota is renewed, in epoch milliseconds; null when it did not say. */
export function quotaResetsAt(error: AppError): number | null {
  const at = error.details['resets_at'];
  return error.code === 'quota' && typeof at === 'number' && Number.isFinite(at) ? at : null;
}

export function isThrottle(error: AppError): boolean {
  return error.code === 'rate_limited';
}

const unpaid: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'http_error', 'auth', 'quota']);

/** Providers charge for what they delivered, a block page included; what never answered may be charged. */
export function isPaid(error: AppError): boolean {
  return !unpaid.has(error.code);
}
