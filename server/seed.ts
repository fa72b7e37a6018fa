import { parseArgs } from 'node:util';
import { AppError } from '#lib/shared/app-error.ts';
import { createOwner } from './auth/create-owner.ts';
import { findWorkspace } from './auth/workspaces.ts';
import { createClock } from './clock.ts';
import { readConfig } from './config.ts';
import { inSystem } from './db/in-org.ts';
import type { Db } from './db/open-database.ts';
import { errorFacts, logToStderr } from './log.ts';
import { openDeps } from './open-deps.ts';
import { seedSellers } from './seed-sellers.ts';

/** `--sellers N [--workspace NAME] [--seed N] [--data DIR]`: fills a workspace, made first on an empty database. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sellers: { type: 'string', default: '1000' },
      workspace: { type: 'string' },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
    },
  });
  const config = readConfig(values.data === undefined ? [] : ['--data', values.data], process.env);
  const clock = createClock(config.clock);
  const deps = await openDeps({ url: config.databaseUrl, folder: config.data }, clock, logToStderr);
  try {
    const { db } = deps.database;
    const tell = (email: string, password: string): void => void process.stdout.write(`owner ${email} ${password}\n`);
    await createOwner(deps.database, deps.auth, clock, { ...config.owner, tell });
    const orgId = values.workspace === undefined ? await firstWorkspace(db) : await findWorkspace(db, values.workspace);
    const sellers = whole('--sellers', values.sellers);
    const began = performance.now();
    await seedSellers(db, { orgId, sellers, seed: whole('--seed', values.seed), now: clock() });
    process.stdout.write(`${sellers} sellers in ${Math.round(performance.now() - began)} ms\n`);
  } finally {
    await deps.close();
  }
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new AppError('invalid_request', { message: `${name} must be a whole number, not ${text}.` });
}

async function firstWorkspace(db: Db): Promise<string> {
  const row = await inSystem(db, (tx) =>
    tx.selectFrom('workspaces').select('org_id').orderBy('created_at').executeTakeFirstOrThrow(),
  );
  return row.org_id;
}

main().catch((error: unknown) => {
  logToStderr('error', 'Seeding failed', errorFacts(error));
  process.exitCode = 1;
});
