import { randomBytes } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import type { Database, Db } from '#server/db/open-database.ts';
import { inSystem } from '#server/db/in-org.ts';
import { ensureAccount } from './accounts.ts';
import type { Auth } from './auth.ts';
import { addMember, createWorkspace } from './workspaces.ts';

export interface OwnerOptions {
  readonly email: string | undefined;
  readonly password: string | undefined;
  /** Told the random password once; it is kept nowhere but as a hash. */
  readonly tell: (email: string, password: string) => void;
}

/** Any number will do, as long as every process of the program takes the same. */
export const OWNER_LOCK = 7_355_302;

/**
 * On a database without workspaces: makes the owner and a first workspace. Else does nothing. Servers
 * that start together wait for one another.
 */
export function createOwner(database: Database, auth: Auth, clock: Clock, options: OwnerOptions): Promise<void> {
  return database.script(async (run) => {
    await run(`select pg_advisory_lock(${OWNER_LOCK})`);
    try {
      await createFirst(database.db, auth, clock, options);
    } finally {
      await run(`select pg_advisory_unlock(${OWNER_LOCK})`);
    }
  });
}

async function createFirst(db: Db, auth: Auth, clock: Clock, options: OwnerOptions): Promise<void> {
  const any = await inSystem(db, (tx) => tx.selectFrom('workspaces').select('org_id').limit(1).executeTakeFirst());
  if (any !== undefined) return;
  const email = options.email ?? 'owner@sellerdex.local';
  const password = options.password ?? randomBytes(12).toString('base64url');
  const userId = await ensureAccount(auth, email, password);
  await addMember(db, await createWorkspace(db, 'My workspace', clock), userId, 'owner', clock);
  if (options.password === undefined) options.tell(email, password);
}
