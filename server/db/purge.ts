import { sql } from 'kysely';
import { tables } from '#lib/tables/index.ts';
import { lockCounter } from './counters.ts';
import { inOrg, inSystem } from './in-org.ts';
import type { Db } from './open-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a deleted row stays as a tombstone, for clients that were away. */
export const TOMBSTONE_DAYS = 30;
/** How long the result of a mutation is remembered, and the ids of creates that met existing rows. */
export const RESULT_DAYS = 90;

/**
 * Removes old tombstones and results in every workspace. A table's purge floor rises to the highest
 * change number removed: a client that has not come that far can no longer learn of the deletion and
 * must start again. Names deleted for good are kept, because runs ask for them.
 */
export async function purge(db: Db, now: number): Promise<void> {
  const orgs = await inSystem(db, (tx) => tx.selectFrom('workspaces').select('org_id').execute());
  for (const { org_id } of orgs) await purgeOrg(db, org_id, now);
}

async function purgeOrg(db: Db, orgId: string, now: number): Promise<void> {
  const tombstonesBefore = new Date(now - TOMBSTONE_DAYS * DAY_MS);
  const resultsBefore = new Date(now - RESULT_DAYS * DAY_MS);
  await inOrg(db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    for (const table of Object.values(tables)) {
      const kept = table.name === 'sellers' ? sql`and not never_again` : sql``;
      await sql`
        with purged as (
          delete from ${sql.table(table.sql)}
          where org_id = ${orgId} and deleted_at < ${tombstonesBefore} ${kept}
          returning version
        )
        update counters set purge_floor = greatest(purge_floor, (select max(version) from purged))
        where org_id = ${orgId} and name = ${table.name} and exists (select from purged)`.execute(tx);
    }
    await tx.deleteFrom('mutations').where('org_id', '=', orgId).where('created_at', '<', resultsBefore).execute();
    await tx.deleteFrom('id_aliases').where('org_id', '=', orgId).where('created_at', '<', resultsBefore).execute();
  });
}
