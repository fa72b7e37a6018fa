import { sql } from 'kysely';
import type { TableName } from '#lib/tables/index.ts';
import type { Tx } from './in-org.ts';

/**
 * Locks the workspace's counter and returns the last change number given. The first thing that a
 * writing transaction does: the row is held until commit, so commit order is number order, and no
 * two writers of a workspace can deadlock or race for a name.
 */
export async function lockCounter(tx: Tx, orgId: string): Promise<number> {
  const row = await tx
    .selectFrom('counters')
    .select('value')
    .where('org_id', '=', orgId)
    .where('name', '=', 'version')
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.value;
}

/** Takes `count` change numbers, one for each changed row, and returns the first of them. */
export async function takeVersions(tx: Tx, orgId: string, count: number): Promise<number> {
  return take(tx, orgId, 'version', count);
}

/** Takes `count` row numbers of a table, for rows that are really inserted, and returns the first. */
export async function takeNumbers(tx: Tx, orgId: string, table: TableName, count: number): Promise<number> {
  return take(tx, orgId, table, count);
}

async function take(tx: Tx, orgId: string, name: string, count: number): Promise<number> {
  const { rows } = await sql<{ value: number }>`
    insert into counters (org_id, name, value) values (${orgId}, ${name}, ${count})
    on conflict (org_id, name) do update set value = counters.value + excluded.value
    returning value`.execute(tx);
  const last = rows[0]?.value ?? 0;
  return last - count + 1;
}

/** Sets the last change number given, by a writer that has locked the counter and counted itself. */
export async function advanceCounter(tx: Tx, orgId: string, to: number): Promise<void> {
  await tx
    .updateTable('counters')
    .set({ value: to })
    .where('org_id', '=', orgId)
    .where('name', '=', 'version')
    .execute();
}
