import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Permission, Role } from '#server/auth/permissions.ts';

/** Who asks, and in which workspace: set for every route that needs a token. */
export interface Who {
  readonly userId: string;
  readonly userName: string;
  readonly email: string;
  readonly orgId: string;
  readonly orgs: readonly { id: string; name: string }[];
  readonly role: Role;
  readonly permissions: readonly Permission[];
}

export interface AppEnv {
  Variables: { who: Who };
}

export type App = OpenAPIHono<AppEnv>;
export type AppContext = Context<AppEnv>;
