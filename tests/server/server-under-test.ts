import { afterAll, beforeAll } from 'vitest';
import { errorBody, type ErrorBody } from '#lib/protocol/error.ts';
import { createApp } from '#server/app.ts';
import { ensureAccount } from '#server/auth/accounts.ts';
import type { Role } from '#server/auth/permissions.ts';
import { addMember, createWorkspace } from '#server/auth/workspaces.ts';
import type { Deps } from '#server/deps.ts';
import type { App } from '#server/http/app-env.ts';
import { openDeps } from '#server/open-deps.ts';
import { emptyDatabase } from '#tests/helpers/empty-database.ts';
import { startPostgres, type TestPostgres } from '#tests/helpers/start-postgres.ts';

export const engines = ['pglite', 'postgres'] as const;
export type Engine = (typeof engines)[number];

/** A test's clock: runs with the computer's, and can be moved on. */
export interface TestClock {
  now(): number;
  advance(ms: number): void;
}

export interface ServerUnderTest {
  readonly app: App;
  readonly deps: Deps;
  readonly clock: TestClock;
  readonly close: () => Promise<void>;
  /** Anything the server logged as an error. */
  readonly errors: unknown[];
  /** Anything it logged as a warning. */
  readonly warnings: unknown[];
}

export interface Member {
  readonly token: string;
  readonly userId: string;
  readonly orgId: string;
  readonly email: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  status: number;
  body: unknown;
  /** Of an answer that is no success. */
  error: ErrorBody['error'] | null;
  headers: Headers;
}

export interface ServerHolder {
  current: ServerUnderTest;
  /** Address of a further empty database on the same Postgres; undefined stands for an embedded one. */
  newDatabase(): Promise<string | undefined>;
}

/** The server on an embedded database, or on a fresh database of a real Postgres, for a whole test file. */
export function useServer(engine: Engine): ServerHolder {
  let postgres: TestPostgres | undefined;
  const holder = {
    newDatabase: async () => postgres?.createDatabase(),
  } as ServerHolder;
  beforeAll(async () => {
    if (engine === 'postgres') postgres = await startPostgres();
    holder.current = await openServer(await holder.newDatabase());
  });
  afterAll(async () => {
    await holder.current?.close();
    await postgres?.stop();
  });
  return holder;
}

/** On that Postgres database, on the embedded one of that folder, or on a new one in memory. */
export async function openServer(url?: string, folder?: string): Promise<ServerUnderTest> {
  let offset = 0;
  const clock: TestClock = { now: () => Date.now() + offset, advance: (ms) => (offset += ms) };
  const errors: unknown[] = [];
  const warnings: unknown[] = [];
  const restore = url === undefined && folder === undefined ? await emptyDatabase() : undefined;
  const deps = await openDeps({ url, folder, restore, connections: 20 }, clock.now, (level, text, facts) => {
    if (level === 'error') errors.push({ text, ...facts });
    if (level === 'warning') warnings.push({ text, ...facts });
  });
  return { app: createApp(deps), deps, clock, close: deps.close, errors, warnings };
}

let made = 0;

/** A new account in a new workspace, or in the one given, with a session; its password is `password-N` of `memberN@…`. */
export async function addTestMember(
  { app, deps }: ServerUnderTest,
  options: { orgId?: string; role?: Role } = {},
): Promise<Member> {
  const number = (made += 1);
  const email = `member${number}@example.com`;
  const password = `password-${number}`;
  const userId = await ensureAccount(deps.auth, email, password);
  const orgId = options.orgId ?? (await createWorkspace(deps.database.db, `Workspace ${number}`, deps.clock));
  await addMember(deps.database.db, orgId, userId, options.role ?? 'owner', deps.clock);
  // What a sign-in makes, without the 80 ms that its password costs.
  const { internalAdapter } = await deps.auth.$context;
  const { token } = await internalAdapter.createSession(userId);
  const authorization = `Bearer ${token}`;
  return {
    token,
    userId,
    orgId,
    email,
    get: (path, headers) => call(app, 'GET', path, undefined, { authorization, ...headers }),
    send: (method, path, body, headers) => call(app, method, path, body, { authorization, ...headers }),
  };
}

export async function call(
  app: App,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await app.request(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  const read: unknown = isJson ? JSON.parse(text) : text;
  return {
    status: answer.status,
    body: read,
    error: answer.ok ? null : errorBody.parse(read).error,
    headers: answer.headers,
  };
}
