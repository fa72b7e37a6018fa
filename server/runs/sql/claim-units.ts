import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit, UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

export interface Claim {
  unit: Unit;
  /** Which of the process's searches takes it. */
  slot: number;
}

/** Leases locked pending units to their searches, the price of the first call set aside. */
export async function claimUnits(
  tx: Tx,
  kind: UnitKind,
  { owner, leaseMs }: { owner: string; leaseMs: number },
  price: number,
  claims: readonly Claim[],
): Promise<void> {
  const [first] = claims;
  if (!first) return;
  const rows = claims.map(({ unit, slot }) => ({ id: unit.id, slot }));
  await sql`
    update ${unitTables[kind].table} as unit set
      status = 'processing', lease_owner = ${owner}, slot = claim.slot, reserved_microusd = ${price},
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
      claimed_at = clock_timestamp(), wait_until = null, wait_reason = null, attempts = attempts + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as claim (id uuid, slot integer)
    where ${unitTables[kind].open} and unit.org_id = ${first.unit.org_id} and unit.run_id = ${first.unit.run_id}
      and unit.id = claim.id`.execute(tx);
}
