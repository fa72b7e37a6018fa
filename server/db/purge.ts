import { type RawBuilder, sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { tables } from '#lib/tables/index.ts';
import { errorFacts, type Log } from '#server/log.ts';
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

export interface PurgeOptions {
  /** Asked before each batch. */
  readonly goOn?: () => boolean;
  /** Told of each workspace whose purge failed. */
  readonly log?: Log;
}

/**
 * Removes old tombstones and results in every workspace, batch by batch while `goOn` says so. A table's
 * purge floor rises with each batch to the highest change number removed: a client that has not come
 * that far can no longer learn of the deletion and must start again. Names deleted for good are kept,
 * because runs ask for them. A workspace where it fails does not keep it from the others; in the end it
 * throws that there were such.
 */
export async function purge(db: Db, now: number, { goOn = () => true, log }: PurgeOptions = {}): Promise<void> {
  const orgs = await inSystem(db, (tx) => tx.selectFrom('workspaces').select('org_id').execute());
  const failures: unknown[] = [];
  for (const { org_id: orgId } of orgs) {
    try {
      await purgeWorkspace(db, orgId, now, goOn);
    } catch (error) {
      failures.push(error);
      log?.('warning', 'A workspace could not be purged', { org_id: orgId, ...errorFacts(error) });
    }
  }
  if (failures.length === 0) return;
  throw new Error(`The purge failed in ${failures.length} of ${orgs.length} workspaces.`, { cause: failures[0] });
}

async function purgeWorkspace(db: Db, orgId: string, now: number, goOn: () => boolean): Promise<void> {
  const tombstonesBefore = new Date(now - TOMBSTONE_DAYS * DAY_MS);
  const resultsBefore = new Date(now - RESULT_DAYS * DAY_MS);
  const jobs = [
    ...Object.values(tables).map((table) => (tx: Tx) => purgeTombstones(tx, orgId, table, tombstonesBefore)),
    (tx: Tx) => purgeResults(tx, orgId, 'mutations', sql`id`, resultsBefore),
    (tx: Tx) => purgeResults(tx, orgId, 'id_aliases', sql`table_name, alias`, resultsBefore),
  ];
  for (const job of jobs) {
    let found = PURGE_BATCH;
    while (found === PURGE_BATCH) {
      if (!goOn()) return;
      found = await inOrg(db, orgId, job);
    }
  }
}

/**
 * Tombstones are looked for before the counter is locked: writers of the workspace must not wait while a
 * table without an index for it is read. So what was restored in between is asked for once more.
 */
async function purgeTombstones(tx: Tx, orgId: string, table: TableDeclaration, before: Date): Promise<number> {
  const kept = table.name === 'sellers' ? sql`and not never_again` : sql``;
  const old = sql`org_id = ${orgId} and deleted_at < ${before} ${kept}`;
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table.sql)} where ${old} order by deleted_at limit ${PURGE_BATCH}`.execute(tx);
  if (rows.length === 0) return 0;
  await lockCounter(tx, orgId);
  await sql`
    with purged as (
      delete from ${sql.table(table.sql)} where ${old} and id = any(${rows.map(({ id }) => id)}::uuid[])
      returning version
    )
    update counters set purge_floor = greatest(purge_floor, (select max(version) from purged))
    where org_id = ${orgId} and name = ${table.name} and exists (select from purged)`.execute(tx);
  return rows.length;
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
