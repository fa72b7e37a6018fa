import type { MiddlewareHandler } from 'hono';
import { PROTOCOL_HEADER } from '#lib/protocol/version.ts';
import type { AppEnv } from './app-env.ts';

const exposed = `set-auth-token, Retry-After, ${PROTOCOL_HEADER}`;
const preflight = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': `authorization, content-type, accept, x-org-id, ${PROTOCOL_HEADER}`,
  'Access-Control-Max-Age': '600',
};

/**
 * Extension pages and workers may call from any browser profile: the origin is another in each, and
 * without cookies it gives no right. Other sites are not answered. Headers are set before the route runs:
 * a header added to a finished answer, as hono/cors does it, has its body copied through a stream, which
 * took the server half of its time for a page of 10,000 rows.
 */
export const extensionCors: MiddlewareHandler<AppEnv> = async (context, next) => {
  const origin = context.req.header('origin') ?? '';
  context.header('Vary', 'Origin');
  context.header('Access-Control-Expose-Headers', exposed);
  if (/^(chrome|moz)-extension:\/\//.test(origin)) context.header('Access-Control-Allow-Origin', origin);
  if (context.req.method === 'OPTIONS') return context.body(null, 204, preflight);
  return next();
};
