import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit, UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

/**
 * Locks the next pending units, at most `wanted`, and no more than the run's parallel searches over all
 * processes leave room for, as they will be once claimed. The run's row must be locked.
 */
export async function findPendingUnits(
  tx: Tx,
  kind: UnitKind,
  run: { orgId: string; runId: string },
  { wanted, parallel }: { wanted: number; parallel: number },
): Promise<Unit[]> {
  const { table, key, only } = unitTables[kind];
  const mine = sql`org_id = ${run.orgId} and run_id = ${run.runId} and ${only}`;
  const { rows } = await sql<Omit<Unit, 'kind'>>`
    select org_id, run_id, id, ${key} as key, data, next_page, attempts + 1 as attempts from ${table}
    where ${mine} and status = 'pending'
    order by position
    limit least(${wanted}::integer, greatest(0, ${parallel}::integer
      - (select count(*)::integer from ${table} where ${mine} and status = 'processing')))
    for update`.execute(tx);
  return rows.map((row) => ({ ...row, kind }));
}
