import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface BusyUnit {
  key: string;
  data: Record<string, unknown>;
  slot: number | null;
  /** Seconds since it was taken. */
  busy_seconds: number;
  /** Seconds it still waits; null when it is not waiting. */
  wait_seconds: number | null;
  wait_reason: 'waiting' | 'retrying' | null;
  error_message: string | null;
}

/** Units in work now, whichever process has them; times by the database's clock. */
export async function findBusyUnits(
  tx: Tx,
  kind: UnitKind,
  run: { orgId: string; runId: string },
): Promise<BusyUnit[]> {
  const { table, key, only } = unitTables[kind];
  const { rows } = await sql<BusyUnit>`
    select ${key} as key, data, slot, wait_reason, error_message,
      extract(epoch from clock_timestamp() - claimed_at)::double precision as busy_seconds,
      case when wait_until > clock_timestamp()
        then extract(epoch from wait_until - clock_timestamp())::double precision end as wait_seconds
    from ${table}
    where org_id = ${run.orgId} and run_id = ${run.runId} and ${only} and status = 'processing'
    order by slot, claimed_at`.execute(tx);
  return rows;
}
