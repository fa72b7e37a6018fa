import type { MiddlewareHandler } from 'hono';
import { AppError } from '#lib/shared/app-error.ts';
import type { AppEnv } from './app-env.ts';

/** Postgres has no text with a NUL; no address of ours has one either. Refused here, once for all routes. */
export const refuseNul: MiddlewareHandler<AppEnv> = (context, next) => {
  if (/%00/.test(context.req.url)) {
    throw new AppError('invalid_request', { details: { problems: [{ path: 'url', message: 'contains a NUL' }] } });
  }
  return next();
};
