import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-database.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

/**
 * One transaction that sees and changes this workspace alone: as a role that cannot bypass row
 * security, with the workspace set for the transaction only.
 */
export function inOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'sellerdex_app', true), set_config('app.org_id', ${orgId}, true)`.execute(tx);
    return work(tx);
  });
}

/** One transaction over all workspaces: sign-in, start-up recovery, claiming of work, purge. */
export function inSystem<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'sellerdex_system', true)`.execute(tx);
    return work(tx);
  });
}
