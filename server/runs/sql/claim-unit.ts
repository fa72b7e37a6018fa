import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit, UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface Claim {
  kind: UnitKind;
  orgId: string;
  runId: string;
  owner: string;
  slot: number;
  leaseMs: number;
  /** Most units of the run in work at once, over all processes. */
  parallel: number;
}

/** Takes the next pending unit for a while, or null. Workers pass over what another one is just taking. */
export async function claimUnit(tx: Tx, claim: Claim): Promise<Unit | null> {
  const { table, key, only } = unitTables[claim.kind];
  const { rows } = await sql<Omit<Unit, 'kind'>>`
    update ${table} as unit set
      status = 'processing', lease_owner = ${claim.owner}, slot = ${claim.slot},
      lease_until = clock_timestamp() + ${claim.leaseMs} * interval '1 millisecond',
      claimed_at = clock_timestamp(), wait_until = null, wait_reason = null, attempts = attempts + 1
    where org_id = ${claim.orgId} and run_id = ${claim.runId} and id = (
      select id from ${table}
      where org_id = ${claim.orgId} and run_id = ${claim.runId} and ${only} and status = 'pending'
        and (select count(*) from ${table}
             where org_id = ${claim.orgId} and run_id = ${claim.runId} and ${only} and status = 'processing')
            < ${claim.parallel}
      order by position limit 1
      for update skip locked)
    returning org_id, run_id, id, ${key} as key, data, next_page`.execute(tx);
  return rows[0] ? { ...rows[0], kind: claim.kind } : null;
}
