import type { MiddlewareHandler } from 'hono';
import { ORG_HEADER } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { permissionsOf } from '#server/auth/permissions.ts';
import { membershipsOf } from '#server/auth/workspaces.ts';
import type { Deps } from '#server/deps.ts';
import type { AppEnv } from './app-env.ts';

const openPaths = new Set(['/health', '/livez', '/readyz', '/metrics', '/openapi.json', '/docs']);

export function isOpenPath(path: string): boolean {
  return openPaths.has(path) || path.startsWith('/api/auth/');
}

/**
 * Bearer token → user → workspace: the one of X-Org-Id, else the one joined first. Unknown paths need
 * a token too, so that nobody learns from outside which exist.
 */
export function authenticate({ auth, database }: Pick<Deps, 'auth' | 'database'>): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (isOpenPath(context.req.path)) return next();
    const authorization = context.req.header('authorization');
    if (authorization === undefined || !/^bearer \S+$/i.test(authorization)) throw new AppError('unauthorized');
    const session = await auth.api.getSession({ headers: new Headers({ authorization }) });
    if (session === null) throw new AppError('unauthorized');

    const memberships = await membershipsOf(database.db, session.user.id);
    const wanted = context.req.header(ORG_HEADER)?.toLowerCase();
    const membership = wanted === undefined ? memberships[0] : memberships.find(({ orgId }) => orgId === wanted);
    if (membership === undefined) throw new AppError(wanted === undefined ? 'forbidden' : 'not_found');
    context.set('who', {
      userId: session.user.id,
      userName: session.user.name,
      email: session.user.email,
      orgId: membership.orgId,
      orgs: memberships.map(({ orgId, name }) => ({ id: orgId, name })),
      role: membership.role,
      permissions: permissionsOf(membership.role),
    });
    return next();
  };
}
