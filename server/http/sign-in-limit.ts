import { AppError } from '#lib/shared/app-error.ts';

/** Sign-ins of one email that may be wrong in a row, and how fast they are forgiven. */
const TRIES = 10;
const FORGIVEN_EVERY_MS = 6_000;
/** Emails remembered; beyond it the ones tried longest ago are forgotten. */
const MOST_EMAILS = 10_000;
/** The longest email there is (RFC 5321, 4.5.3.1): what is longer need not be told apart. */
const LONGEST_EMAIL = 320;

export interface SignInLimit {
  /** Counts a try, before its password is looked at. Throws `too_many_requests` when there were too many. */
  take(email: string): void;
  /** The password was right: the tries so far are forgotten. */
  forgive(email: string): void;
}

/**
 * Slows the guessing of passwords: 10 tries, then one every 6 s for each email, whoever asks. The right
 * password waits as well meanwhile. By email and not by address: behind a proxy all have the proxy's.
 */
export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const tries = new Map<string, { count: number; at: number }>();
  const keyOf = (email: string) => email.trim().toLowerCase().slice(0, LONGEST_EMAIL);
  return {
    take: (email) => {
      const key = keyOf(email);
      const known = tries.get(key);
      const count = known === undefined ? 0 : Math.max(0, known.count - (now() - known.at) / FORGIVEN_EVERY_MS);
      if (count > TRIES - 1) {
        const wait = Math.ceil((count - TRIES + 1) * FORGIVEN_EVERY_MS);
        throw new AppError('too_many_requests', { details: { retry_after_ms: wait } });
      }
      // Deleted first, so that the map's order is that of the last try.
      tries.delete(key);
      tries.set(key, { count: count + 1, at: now() });
      const oldest = tries.size > MOST_EMAILS ? tries.keys().next().value : undefined;
      if (oldest !== undefined) tries.delete(oldest);
    },
    forgive: (email) => void tries.delete(keyOf(email)),
  };
}
