import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** Ids of the categories of a run that could not be read, in its order. */
export async function findFailedCategories(tx: Tx, run: { orgId: string; runId: string }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select category_id as id from collection_run_categories
    where org_id = ${run.orgId} and run_id = ${run.runId} and status = 'failed' order by position`.execute(tx);
  return rows.map(({ id }) => id);
}
