import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit } from '../unit.ts';
import { unitKinds, unitTables } from '../unit.ts';

export interface HeldUnit {
  id: string;
  /** Which of the owner's searches has claimed it. */
  slot: number;
  /** Cost set aside for the call in hand. */
  reserved: number;
  next_page: number;
  /** As of a unit. */
  attempts: number;
}

/**
 * Locks those of the units that are still this owner's, by unit. Slot and attempts name the claim: whoever lost
 * its lease is told by them from the search of the same process, or its own later claim, that has it now.
 */
export async function holdUnits(
  tx: Tx,
  run: { orgId: string; runId: string },
  owner: string,
  units: readonly Unit[],
): Promise<Map<string, HeldUnit>> {
  const held = new Map<string, HeldUnit>();
  for (const kind of unitKinds) {
    const ids = units.filter((unit) => unit.kind === kind).map((unit) => unit.id);
    if (ids.length === 0) continue;
    const { rows } = await sql<HeldUnit>`
      select id, slot, reserved_microusd as reserved, next_page, attempts from ${unitTables[kind].table} as unit
      where ${unitTables[kind].open} and org_id = ${run.orgId} and run_id = ${run.runId} and id = any(${ids}::uuid[])
        and status = 'processing' and lease_owner = ${owner}
      for update`.execute(tx);
    for (const row of rows) held.set(row.id, row);
  }
  return held;
}
