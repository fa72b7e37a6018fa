import { type RawBuilder, sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { tables } from '#lib/tables/index.ts';
import { lockCounter } from './counters.ts';
import { inOrg, inSystem, type Tx } from './in-org.ts';
import type { Db } from './open-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a deleted row stays as a tombstone, for clients that were away. */
export const TOMBSTONE_DAYS = 30;
/** How long the result of a mutation is remembered, and the ids of creates that met existing rows. */
export const RESULT_DAYS = 90;
/** Rows removed in one transaction: writers of the workspace wait that long, not for the whole purge. */
export const PURGE_BATCH = 2000;

/**
 * Removes old tombstones and results in every workspace, batch by batch while `goOn` says so. A table's
 * purge floor rises with each batch to the highest change number removed: a client that has not come
 * that far can no longer learn of the deletion and must start again. Names deleted for good are kept,
 * because runs ask for them.
 */
export async function purge(db: Db, now: number, goOn: () => boolean = () => true): Promise<void> {
  const orgs = await inSystem(db, (tx) => tx.selectFrom('workspaces').select('org_id').execute());
  const tombstonesBefore = new Date(now - TOMBSTONE_DAYS * DAY_MS);
  const resultsBefore = new Date(now - RESULT_DAYS * DAY_MS);
  for (const { org_id: orgId } of orgs) {
    const jobs = [
      ...Object.values(tables).map((table) => (tx: Tx) => purgeTombstones(tx, orgId, table, tombstonesBefore)),
      (tx: Tx) => purgeResults(tx, orgId, 'mutations', sql`id`, resultsBefore),
      (tx: Tx) => purgeResults(tx, orgId, 'id_aliases', sql`table_name, alias`, resultsBefore),
    ];
    for (const job of jobs) {
      let removed = PURGE_BATCH;
      while (removed === PURGE_BATCH) {
        if (!goOn()) return;
        removed = await inOrg(db, orgId, job);
      }
    }
  }
}

async function purgeTombstones(tx: Tx, orgId: string, table: TableDeclaration, before: Date): Promise<number> {
  await lockCounter(tx, orgId);
  const kept = table.name === 'sellers' ? sql`and not never_again` : sql``;
  const { rows } = await sql<{ removed: number }>`
    with purged as (
      delete from ${sql.table(table.sql)}
      where org_id = ${orgId} and id in (
        select id from ${sql.table(table.sql)}
        where org_id = ${orgId} and deleted_at < ${before} ${kept}
        order by deleted_at limit ${PURGE_BATCH})
      returning version
    ), raised as (
      update counters set purge_floor = greatest(purge_floor, (select max(version) from purged))
      where org_id = ${orgId} and name = ${table.name} and exists (select from purged)
    )
    select count(*) as removed from purged`.execute(tx);
  return rows[0]?.removed ?? 0;
}

async function purgeResults(
  tx: Tx,
  orgId: string,
  name: 'mutations' | 'id_aliases',
  key: RawBuilder<unknown>,
  before: Date,
): Promise<number> {
  const { rows } = await sql<{ removed: number }>`
    with purged as (
      delete from ${sql.table(name)}
      where org_id = ${orgId} and (${key}) in (
        select ${key} from ${sql.table(name)} where org_id = ${orgId} and created_at < ${before} limit ${PURGE_BATCH})
      returning 1
    )
    select count(*) as removed from purged`.execute(tx);
  return rows[0]?.removed ?? 0;
}
