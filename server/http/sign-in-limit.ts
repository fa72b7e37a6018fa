import { AppError } from '#lib/shared/app-error.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** Sign-ins of one email that may be wrong at once, and how many more with each minute. */
const TRIES_PER_MINUTE = 10;
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
  const tries = createTokenBuckets(TRIES_PER_MINUTE, now);
  const keyOf = (email: string) => email.trim().toLowerCase().slice(0, LONGEST_EMAIL);
  return {
    take: (email) => {
      const key = keyOf(email);
      const wait = tries.waitMs(key);
      if (wait > 0) throw new AppError('too_many_requests', { details: { retry_after_ms: wait } });
      tries.take(key);
    },
    forgive: (email) => tries.forget(keyOf(email)),
  };
}
