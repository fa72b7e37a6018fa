import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** Runs that have not ended, without those of schedules that wait for room themselves. */
export async function countStartedRuns(tx: Tx, orgId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from collection_runs
    where org_id = ${orgId} and (status in ('running', 'paused')
      or (status = 'pending' and not coalesce(checkpoint, '{}') ? 'schedule_id'))`.execute(tx);
  return rows[0]?.count ?? 0;
}
