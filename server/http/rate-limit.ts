import type { MiddlewareHandler } from 'hono';
import { AppError } from '#lib/shared/app-error.ts';
import type { AppEnv } from './app-env.ts';

/**
 * At most `perMinute` requests a minute for each token, as a bucket that refills steadily. 0: no limit.
 * The count is this process's own; several processes together allow as many times more.
 */
export function rateLimit(perMinute: number): MiddlewareHandler<AppEnv> {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = perMinute / 60_000;

  function sweep(now: number): void {
    for (const [token, { left, at }] of buckets) if (left + (now - at) * perMs >= perMinute) buckets.delete(token);
  }

  return async (context, next) => {
    const token = context.req.header('authorization');
    if (perMinute === 0 || token === undefined) return next();
    const now = Date.now();
    if (buckets.size > 10_000) sweep(now);
    const bucket = buckets.get(token) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, bucket.left + (now - bucket.at) * perMs) - 1;
    if (left < 0) throw new AppError('too_many_requests', { details: { retry_after_ms: Math.ceil(-left / perMs) } });
    buckets.set(token, { left, at: now });
    return next();
  };
}
