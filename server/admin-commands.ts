import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AppError } from '#lib/shared/app-error.ts';
import { ensureAccount, findAccount, resetPassword } from './auth/accounts.ts';
import { roles, type Role } from './auth/permissions.ts';
import { addMember, createWorkspace, findWorkspace } from './auth/workspaces.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { writeBackup } from './backup/write-backup.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/open-database.ts';
import { beginEpoch } from './db/server-settings.ts';
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

  backup: async ({ config, clock, print, ...call }) => {
    const file = argumentOf(call, 'FILE');
    if (config.databaseUrl === undefined && !existsSync(config.data)) throw usage(`There is no folder ${config.data}.`);
    // Not migrated first: what is there is kept as it is.
    const database = await openDatabase({ url: config.databaseUrl, folder: config.data });
    try {
      await writeBackup(database, file, clock());
    } finally {
      await database.close();
    }
    print(`backup ${file}`);
  },

  restore: async ({ config, print, ...call }) => {
    const file = argumentOf(call, 'FILE');
    await restoreBackup({ url: config.databaseUrl, folder: config.data }, file);
    print(`restored ${config.databaseUrl === undefined ? config.data : 'the database'}`);
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

const usage = (message: string): AppError => new AppError('invalid_request', { message });
const randomPassword = (): string => randomBytes(12).toString('base64url');
