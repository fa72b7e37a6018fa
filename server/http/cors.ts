import { cors } from 'hono/cors';
import { PROTOCOL_HEADER } from '#lib/protocol/version.ts';

/**
 * Extension pages and workers may call from any browser profile: the origin is another in each, and
 * without cookies it gives no right. Other sites are not answered.
 */
export const extensionCors = cors({
  origin: (origin) => (/^(chrome|moz)-extension:\/\//.test(origin) ? origin : null),
  allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  allowHeaders: ['authorization', 'content-type', 'accept', 'x-org-id', PROTOCOL_HEADER],
  exposeHeaders: ['set-auth-token', 'Retry-After', PROTOCOL_HEADER],
  maxAge: 600,
});
