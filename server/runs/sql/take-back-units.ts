import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { unitKinds, unitTables } from '../unit.ts';

// A unit that was lost this often takes its worker down with it.
const MAX_CLAIMS = 20;
const LOST = `The search was begun ${MAX_CLAIMS} times, and each time the process working on it was lost.`;

/**
 * Makes units in work pending again: those whose lease ran out, those of a process's drivers, or all.
 * The call they had in hand counts as paid. The run's row must be locked already. Returns how many.
 */
export async function takeBackUnits(
  tx: Tx,
  run: { orgId: string; runId: string },
  which: { process: string } | 'expired' | 'all',
): Promise<number> {
  const lost =
    which === 'all'
      ? sql`true`
      : which === 'expired'
        ? sql`lease_until < clock_timestamp()`
        : sql`starts_with(lease_owner, ${`${which.process}/`})`;
  let count = 0;
  for (const kind of unitKinds) {
    const { table, only } = unitTables[kind];
    const { rows } = await sql<{ reserved: number }>`
      with lost as (
        select id, reserved_microusd as reserved from ${table}
        where org_id = ${run.orgId} and run_id = ${run.runId} and ${only} and status = 'processing' and ${lost}
        for update)
      update ${table} as unit set
        status = case when attempts >= ${MAX_CLAIMS} then 'failed' else 'pending' end,
        error_code = case when attempts >= ${MAX_CLAIMS} then 'internal' else error_code end,
        error_message = case when attempts >= ${MAX_CLAIMS} then ${LOST} else error_message end,
        cost_microusd = cost_microusd + lost.reserved,
        cost_cents = ceil((cost_microusd + lost.reserved) / 10000.0),
        reserved_microusd = 0, lease_owner = null, lease_until = null, slot = null, wait_until = null,
        wait_reason = null, updated_at = clock_timestamp()
      from lost
      where ${unitTables[kind].open} and unit.org_id = ${run.orgId} and unit.run_id = ${run.runId}
        and unit.id = lost.id
      returning lost.reserved`.execute(tx);
    const spent = rows.reduce((sum, row) => sum + row.reserved, 0);
    if (spent > 0) {
      await sql`
        update collection_runs set reserved_cost_microusd = reserved_cost_microusd - ${spent},
          actual_cost_microusd = actual_cost_microusd + ${spent}
        where org_id = ${run.orgId} and id = ${run.runId}`.execute(tx);
    }
    count += rows.length;
  }
  return count;
}
