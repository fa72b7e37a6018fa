import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { AppError } from '#lib/shared/app-error.ts';
import { ensureAccount, findAccount, resetPassword } from './auth/accounts.ts';
import { roles, type Role } from './auth/permissions.ts';
import { addMember, createWorkspace, findWorkspace } from './auth/workspaces.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { beginEpoch, loadServerSettings } from './db/server-settings.ts';
import type { Deps } from './deps.ts';
import { logToStderr } from './log.ts';
import { openDeps } from './open-deps.ts';

export interface AdminCall {
  readonly config: Config;
  readonly clock: Clock;
  /** What follows the command's name. */
  readonly argument: string | undefined;
  readonly options: { readonly workspace?: string; readonly role?: string; readonly password?: string };
  readonly print: (line: string) => void;
}

type Command = (call: AdminCall) => Promise<void>;

/** The commands of `npm run admin`, by name. They throw AppErrors whose messages are for people. */
export const commands: Readonly<Record<string, Command>> = {
  'create-workspace': async (call) => {
    const name = argumentOf(call, 'NAME');
    await withDeps(call, async ({ database }) => {
      call.print(`workspace ${await createWorkspace(database.db, name, call.clock)}`);
    });
  },

  'add-member': async (call) => {
    const email = argumentOf(call, 'EMAIL');
    const { workspace, password } = call.options;
    const role = roleOf(call.options.role ?? 'member');
    if (workspace === undefined) throw usage('add-member needs --workspace NAME.');
    await withDeps(call, async ({ database, auth }) => {
      const orgId = await findWorkspace(database.db, workspace);
      const chosen = password ?? randomPassword();
      const known = await findAccount(auth, email);
      const userId = known ?? (await ensureAccount(auth, email, chosen));
      await addMember(database.db, orgId, userId, role, call.clock);
      call.print(`member ${userId} ${role}`);
      if (known === null && password === undefined) call.print(`password ${chosen}`);
    });
  },

  'reset-password': async (call) => {
    const email = argumentOf(call, 'EMAIL');
    const password = call.options.password ?? randomPassword();
    await withDeps(call, async ({ auth }) => {
      await resetPassword(auth, email, password);
      call.print(call.options.password === undefined ? `password ${password}` : 'password set');
    });
  },

  backup: async (call) => {
    const file = argumentOf(call, 'FILE');
    await withDeps(call, async ({ database }) => {
      if (database.dump === null) throw usage('For PostgreSQL use pg_dump.');
      await writeFile(file, await database.dump(), { mode: 0o600 });
      call.print(`backup ${file}`);
    });
  },

  restore: async ({ config, ...call }) => {
    const file = argumentOf(call, 'FILE');
    if (config.databaseUrl !== undefined) throw usage('For PostgreSQL use pg_restore, then new-epoch.');
    if ((await entriesOf(config.data)).length > 0) {
      throw usage(`The folder ${config.data} is not empty. Move it away, or give another with --data.`);
    }
    const database = await openDatabase({ folder: config.data, restore: await readFile(file) });
    try {
      await migrate(database);
      await loadServerSettings(database.db);
      await beginEpoch(database.db);
    } finally {
      await database.close();
    }
    call.print(`restored ${config.data}`);
  },

  'new-epoch': (call) =>
    withDeps(call, async ({ database }) => {
      await beginEpoch(database.db);
      call.print('new epoch');
    }),
};

async function withDeps({ config, clock }: AdminCall, work: (deps: Deps) => Promise<void>): Promise<void> {
  const deps = await openDeps({ url: config.databaseUrl, folder: config.data, connections: 2 }, clock, logToStderr);
  try {
    await work(deps);
  } finally {
    await deps.close();
  }
}

function argumentOf({ argument }: Pick<AdminCall, 'argument'>, name: string): string {
  if (argument === undefined || argument === '') throw usage(`The command needs ${name}.`);
  return argument;
}

function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw usage(`--role is one of ${roles.join(', ')}.`);
  return role;
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const usage = (message: string): AppError => new AppError('invalid_request', { message });
const randomPassword = (): string => randomBytes(12).toString('base64url');
