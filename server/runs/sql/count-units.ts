import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface UnitCounts {
  open: number;
  completed: number;
  failed: number;
  /** Failures since the last success, of the units finished most recently; at most `streakOf`. */
  streak: number;
}

/** How a phase stands. */
export async function countUnits(
  tx: Tx,
  kind: UnitKind,
  run: { orgId: string; runId: string },
  streakOf: number,
): Promise<UnitCounts> {
  const { table, only } = unitTables[kind];
  const mine = sql`org_id = ${run.orgId} and run_id = ${run.runId} and ${only}`;
  const { rows } = await sql<UnitCounts>`
    select count(*) filter (where status in ('pending', 'processing'))::int as open,
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'failed')::int as failed,
      (select count(*)::int from (
        select bool_and(status = 'failed') over (order by updated_at desc, id) as unbroken from ${table}
        where ${mine} and status in ('completed', 'failed') order by updated_at desc, id limit ${streakOf}
      ) as latest where unbroken) as streak
    from ${table} where ${mine}`.execute(tx);
  return rows[0] ?? { open: 0, completed: 0, failed: 0, streak: 0 };
}
