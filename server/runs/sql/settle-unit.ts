import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface Settlement {
  /** `processing` keeps the lease; `pending` gives it back. */
  status: 'processing' | 'pending' | 'completed' | 'failed';
  nextPage: number;
  /** Whether the call in hand is paid; its reservation ends either way. */
  paid: boolean;
  error: { code: string; message: string } | null;
  /** With `processing`: wait this long before the next call. */
  wait: { ms: number; reason: 'waiting' | 'retrying' } | null;
}

/**
 * Ends the call in hand: the unit's new state, and its reservation spent or released. False, and
 * nothing changed, when the unit is no longer this owner's. The run's row must be locked already.
 */
export async function settleUnit(tx: Tx, unit: Unit, owner: string, to: Settlement): Promise<boolean> {
  const kept = to.status === 'processing';
  const { rows } = await sql<{ reserved: number }>`
    with held as (
      select id, reserved_microusd as reserved from ${unitTables[unit.kind].table}
      where org_id = ${unit.org_id} and run_id = ${unit.run_id} and id = ${unit.id}
        and status = 'processing' and lease_owner = ${owner}
      for update)
    update ${unitTables[unit.kind].table} as unit set
      status = ${to.status}, next_page = ${to.nextPage}, reserved_microusd = 0,
      cost_microusd = cost_microusd + case when ${to.paid} then held.reserved else 0 end,
      cost_cents = ceil((cost_microusd + case when ${to.paid} then held.reserved else 0 end) / 10000.0),
      error_code = ${to.error?.code ?? null}, error_message = ${to.error?.message ?? null},
      lease_owner = case when ${kept} then lease_owner end, lease_until = case when ${kept} then lease_until end,
      slot = case when ${kept} then slot end,
      wait_until = clock_timestamp() + ${to.wait?.ms ?? null}::double precision * interval '1 millisecond',
      wait_reason = ${to.wait?.reason ?? null}, updated_at = clock_timestamp()
    from held
    where unit.org_id = ${unit.org_id} and unit.run_id = ${unit.run_id} and unit.id = held.id
    returning held.reserved`.execute(tx);
  const reserved = rows[0]?.reserved;
  if (reserved === undefined) return false;
  await sql`
    update collection_runs set reserved_cost_microusd = reserved_cost_microusd - ${reserved},
      actual_cost_microusd = actual_cost_microusd + ${to.paid ? reserved : 0}
    where org_id = ${unit.org_id} and id = ${unit.run_id}`.execute(tx);
  return true;
}
