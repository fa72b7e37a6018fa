import type { MiddlewareHandler } from 'hono';
import { AppError } from '#lib/shared/app-error.ts';
import { findBadText } from '#server/sync/find-bad-text.ts';
import type { AppEnv } from './app-env.ts';

/**
 * Postgres has no text with a NUL or half of a surrogate pair. Refused here for all routes but push,
 * where one mutation is refused and not its neighbours, and sign-in, whose library reads the body itself.
 */
export const refuseBadText: MiddlewareHandler<AppEnv> = async (context, next) => {
  if (/%00/.test(context.req.url)) throw badText('url');
  const isJson = /^application\/([\w.-]+\+)?json/i.test(context.req.header('content-type') ?? '');
  if (isJson && context.req.path !== '/sync/push' && !context.req.path.startsWith('/api/auth/')) {
    // What is no JSON, or nothing at all, is for the route to judge.
    const body: unknown = await context.req.json<unknown>().catch(() => null);
    const path = findBadText(body);
    if (path !== null) throw badText(path);
  }
  return next();
};

function badText(path: string): AppError {
  const problems = [{ path, message: 'contains a character that cannot be stored' }];
  return new AppError('invalid_request', { details: { problems } });
}
