import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { AppError } from '#lib/shared/app-error.ts';
import type { AppContext, AppEnv, Who } from './app-env.ts';
import { isOpenPath } from './authenticate.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** How many times fewer requests are allowed to strangers than to a valid token. */
const STRANGERS_SHARE = 10;

/**
 * At most `perMinute` requests a minute for each token that was found valid, and a tenth of that for each
 * address from which others come: without a token or with a wrong one, the first of each token, sign-in.
 * Generous, because behind a proxy all have the proxy's address; what needs no token is not counted. 0: no
 * limit. The counts are this process's own; several processes together allow as many times more.
 */
export function rateLimit(perMinute: number): MiddlewareHandler<AppEnv> {
  const valid = createTokenBuckets(perMinute);
  const strangers = createTokenBuckets(Math.max(1, perMinute / STRANGERS_SHARE));

  return async (context, next) => {
    const { path } = context.req;
    if (perMinute === 0 || (isOpenPath(path) && !path.startsWith('/api/auth/'))) return next();
    const token = context.req.header('authorization');
    const known = token !== undefined && valid.has(token);
    const [buckets, key] = known ? ([valid, token] as const) : ([strangers, addressOf(context)] as const);
    const wait = buckets.waitMs(key);
    if (wait > 0) throw new AppError('too_many_requests', { details: { retry_after_ms: wait } });
    buckets.take(key);
    await next();
    const who: Who | undefined = context.get('who');
    if (token === undefined) return;
    if (who !== undefined && !known) valid.take(token);
    if (who === undefined && context.res.status === 401) valid.forget(token);
  };
}

function addressOf({ env }: AppContext): string {
  const { incoming } = (env ?? {}) as Partial<HttpBindings>;
  return incoming?.socket.remoteAddress ?? 'unknown';
}
