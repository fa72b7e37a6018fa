import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { UnitKind } from '../unit.ts';
import { unitKinds, unitTables } from '../unit.ts';

/** A held unit as it shall be from now on. */
export interface Settlement {
  kind: UnitKind;
  id: string;
  /** `processing` keeps the lease; `pending` gives the unit back. */
  status: 'processing' | 'pending' | 'completed' | 'failed';
  next_page: number;
  /** Of the call in hand, to be added to the unit's cost. */
  paid: number;
  /** Set aside for the next call. */
  reserved: number;
  error_code: string | null;
  error_message: string | null;
  /** With `processing`: wait this long before the next call. */
  wait_ms: number | null;
  wait_reason: 'waiting' | 'retrying' | null;
}

/** Writes units that are locked as this owner's. */
export async function settleUnits(
  tx: Tx,
  run: { orgId: string; runId: string },
  settlements: readonly Settlement[],
): Promise<void> {
  for (const kind of unitKinds) {
    const mine = settlements.filter((settlement) => settlement.kind === kind);
    if (mine.length === 0) continue;
    await sql`
      update ${unitTables[kind].table} as unit set
        status = became.status, next_page = became.next_page, reserved_microusd = became.reserved,
        cost_microusd = cost_microusd + became.paid, cost_cents = ceil((cost_microusd + became.paid) / 10000.0),
        error_code = became.error_code, error_message = became.error_message,
        -- Given back is not lost: only units that take their worker down with them come to their last claim.
        attempts = attempts - case when became.status = 'pending' then 1 else 0 end,
        lease_owner = case when became.status = 'processing' then lease_owner end,
        lease_until = case when became.status = 'processing' then lease_until end,
        slot = case when became.status = 'processing' then slot end,
        wait_until = clock_timestamp() + became.wait_ms * interval '1 millisecond',
        wait_reason = became.wait_reason, updated_at = clock_timestamp()
      from jsonb_to_recordset(${JSON.stringify(mine)}::jsonb) as became (id uuid, status text, next_page integer,
        paid bigint, reserved bigint, error_code text, error_message text, wait_ms double precision, wait_reason text)
      where ${unitTables[kind].open} and unit.org_id = ${run.orgId} and unit.run_id = ${run.runId}
        and unit.id = became.id`.execute(tx);
  }
}
