import { AppError } from '#lib/shared/app-error.ts';

/** Failed sign-ins for one email in a row before a pause, and how fast they are forgiven. */
const FAILURES = 10;
const FORGIVEN_EVERY_MS = 6_000;
/** Emails remembered; beyond it the ones that failed longest ago are forgotten. */
const MOST_EMAILS = 10_000;

export interface SignInLimit {
  /** Throws `too_many_requests` while too many sign-ins of that email have failed. */
  check(email: string): void;
  failed(email: string): void;
}

/**
 * Slows the guessing of passwords: 10 tries, then one every 6 s for each email, whoever asks. The right
 * password waits as well meanwhile. By email and not by address: behind a proxy all have the proxy's.
 */
export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const failures = new Map<string, { count: number; at: number }>();
  const key = (email: string) => email.trim().toLowerCase();
  const current = (email: string): number => {
    const known = failures.get(key(email));
    return known === undefined ? 0 : Math.max(0, known.count - (now() - known.at) / FORGIVEN_EVERY_MS);
  };
  return {
    check: (email) => {
      const over = current(email) - FAILURES + 1;
      if (over > 0) {
        const wait = Math.ceil(over * FORGIVEN_EVERY_MS);
        throw new AppError('too_many_requests', { details: { retry_after_ms: wait } });
      }
    },
    failed: (email) => {
      const count = current(email) + 1;
      // Deleted first, so that the map's order is that of the last failure.
      failures.delete(key(email));
      failures.set(key(email), { count, at: now() });
      const oldest = failures.size > MOST_EMAILS ? failures.keys().next().value : undefined;
      if (oldest !== undefined) failures.delete(oldest);
    },
  };
}
