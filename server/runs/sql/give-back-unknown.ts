import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { unitKinds, unitTables } from '../unit.ts';

export interface KnownClaim {
  slot: number;
  id: string;
  attempts: number;
}

/**
 * Gives back the units that are this owner's but that their search does not have: they were claimed by a
 * transaction whose answer was lost, so their calls were never made. Returns the cost set free.
 */
export async function giveBackUnknown(
  tx: Tx,
  run: { orgId: string; runId: string },
  owner: string,
  known: readonly KnownClaim[],
): Promise<number> {
  let free = 0;
  for (const kind of unitKinds) {
    const { table, only } = unitTables[kind];
    const { rows } = await sql<{ reserved: number }>`
      with unknown as (
        select id, reserved_microusd as reserved from ${table}
        where org_id = ${run.orgId} and run_id = ${run.runId} and ${only} and status = 'processing'
          and lease_owner = ${owner}
          and (slot, id, attempts) not in (select slot, id, attempts from jsonb_to_recordset(${JSON.stringify(known)}::jsonb)
            as known (slot integer, id uuid, attempts integer))
        for update)
      update ${table} as unit set status = 'pending', reserved_microusd = 0, attempts = attempts - 1,
        lease_owner = null, lease_until = null, slot = null, wait_until = null, wait_reason = null
      from unknown where ${unitTables[kind].open} and unit.org_id = ${run.orgId} and unit.run_id = ${run.runId}
        and unit.id = unknown.id
      returning unknown.reserved`.execute(tx);
    free += rows.reduce((sum, row) => sum + row.reserved, 0);
  }
  return free;
}
