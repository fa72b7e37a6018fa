import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** Runs that have not ended, paused ones included: each may go on at any time. */
export async function countOpenRuns(tx: Tx, orgId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from collection_runs
    where org_id = ${orgId} and status in ('pending', 'running', 'paused')`.execute(tx);
  return rows[0]?.count ?? 0;
}
