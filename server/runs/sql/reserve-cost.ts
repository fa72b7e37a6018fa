import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit } from '../unit.ts';
import { unitTables } from '../unit.ts';

export type Reservation = 'reserved' | 'over_budget' | 'stopped' | 'lost';

/**
 * Sets `microusd` aside for a call: on the run, if it runs and the cap allows, and on the unit, if
 * it is still this owner's. The run's row is locked while this is decided, so racing workers cannot
 * pass the cap together; nothing changes unless the answer is `reserved`.
 */
export async function reserveCost(tx: Tx, unit: Unit, owner: string, microusd: number): Promise<Reservation> {
  const { rows } = await sql<{ status: string; allowed: boolean }>`
    select status,
      actual_cost_microusd + reserved_cost_microusd + ${microusd} <= budget_cap_cents::bigint * 10000 as allowed
    from collection_runs where org_id = ${unit.org_id} and id = ${unit.run_id} for update`.execute(tx);
  if (rows[0]?.status !== 'running') return 'stopped';
  if (!rows[0].allowed) return 'over_budget';
  const held = await sql`
    update ${unitTables[unit.kind].table} set reserved_microusd = reserved_microusd + ${microusd},
      wait_until = null, wait_reason = null
    where org_id = ${unit.org_id} and run_id = ${unit.run_id} and id = ${unit.id}
      and status = 'processing' and lease_owner = ${owner}
    returning id`.execute(tx);
  if (held.rows.length === 0) return 'lost';
  await sql`
    update collection_runs set reserved_cost_microusd = reserved_cost_microusd + ${microusd}
    where org_id = ${unit.org_id} and id = ${unit.run_id}`.execute(tx);
  return 'reserved';
}
