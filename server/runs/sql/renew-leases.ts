import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { unitKinds, unitTables } from '../unit.ts';

/** Prolongs the leases of everything that this owner has in work in the run. */
export async function renewLeases(
  tx: Tx,
  run: { orgId: string; runId: string },
  owner: string,
  leaseMs: number,
): Promise<void> {
  for (const kind of unitKinds) {
    await sql`
      update ${unitTables[kind].table} set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      where org_id = ${run.orgId} and run_id = ${run.runId} and ${unitTables[kind].only}
        and status = 'processing' and lease_owner = ${owner}`.execute(tx);
  }
}
