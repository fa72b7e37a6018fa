import { AppError } from '#lib/shared/app-error.ts';
import { seededRandom } from './seeded-random.ts';

/** Share of first tries that are throttled (all searches wait then), and that fail, at the usual fault rate of 1. */
const THROTTLED = 0.004;
const FAILED = 0.02;

/**
 * Throws as a real provider does now and then; the same call always, and never on its second try.
 * `rate` scales how often.
 */
export function throwFault(call: string, attempt: number, rate: number): void {
  if (attempt > 0) return;
  const random = seededRandom(`fault:${call}`);
  const roll = random();
  if (roll < THROTTLED * rate) {
    throw new AppError('rate_limited', { details: { retry_after_ms: 1000 + Math.floor(random() * 1500) } });
  }
  if (roll < (THROTTLED + FAILED) * rate) throw new AppError('http_error', { details: { status: 503 } });
}
