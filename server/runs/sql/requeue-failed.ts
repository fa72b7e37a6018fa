import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { providerErrors } from '../failure.ts';
import type { UnitKind } from '../unit.ts';
import { unitTables } from '../unit.ts';

/**
 * Makes failed units of the present phase pending again: they failed because the provider did, not for what
 * they are. Those of a phase that is through stay failed, because nobody would take them up.
 */
export async function requeueFailed(tx: Tx, kind: UnitKind, run: { orgId: string; runId: string }): Promise<void> {
  const { table, only } = unitTables[kind];
  await sql`
    update ${table} set status = 'pending', attempts = 0, error_code = null, error_message = null
    where org_id = ${run.orgId} and run_id = ${run.runId} and ${only} and status = 'failed'
      and error_code in (${sql.join(providerErrors)})`.execute(tx);
}
