import type { RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-database.ts';
import { LOCK_TIMEOUT_MS, retryConflicts } from './retry-conflicts.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

/**
 * One transaction that sees and changes this workspace alone: as a role that cannot bypass row
 * security, with the workspace set for the transaction only. `work` runs again when another
 * transaction was in its way; throws `unavailable` when that does not end.
 */
export function inOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(db, 'sellerdex_app', orgId, work);
}

/** One transaction over all workspaces: sign-in, start-up recovery, claiming of work. Repeated as `inOrg` is. */
export function inSystem<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(db, 'sellerdex_system', '', work);
}

/**
 * Reads this workspace as it is at one moment, in the order of an index instead of sorting: the embedded
 * database never gathers statistics by itself, and without them it sorts a whole table for each page
 * (100,000 sellers by pages of 1,000: minutes instead of seconds).
 */
export function readInOrg<T>(db: Db, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return retryConflicts(() =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`select ${roleSettings('sellerdex_app', orgId)}, set_config('enable_sort', 'off', true)`.execute(tx);
        return work(tx);
      }),
  );
}

function inRole<T>(db: Db, role: string, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return retryConflicts(() =>
    db.transaction().execute(async (tx) => {
      await sql`select ${roleSettings(role, orgId)}`.execute(tx);
      return work(tx);
    }),
  );
}

function roleSettings(role: string, orgId: string): RawBuilder<unknown> {
  return sql`set_config('role', ${role}, true), set_config('app.org_id', ${orgId}, true),
    set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true)`;
}
