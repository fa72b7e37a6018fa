import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { providerErrors } from '../failure.ts';
import type { UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface UnitCounts {
  open: number;
  completed: number;
  failed: number;
  /** Those of them that a resume may mend. */
  failed_by_provider: number;
}

/** How a phase stands. */
export async function countUnits(tx: Tx, kind: UnitKind, run: { orgId: string; runId: string }): Promise<UnitCounts> {
  const { table, only } = unitTables[kind];
  const mine = sql`org_id = ${run.orgId} and run_id = ${run.runId} and ${only}`;
  const { rows } = await sql<UnitCounts>`
    select count(*) filter (where status in ('pending', 'processing'))::int as open,
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'failed')::int as failed,
      count(*) filter (where status = 'failed' and error_code in (${sql.join(providerErrors)}))::int as failed_by_provider
    from ${table} where ${mine}`.execute(tx);
  return rows[0] ?? { open: 0, completed: 0, failed: 0, failed_by_provider: 0 };
}
