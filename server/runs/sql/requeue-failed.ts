import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import { unitKinds, unitTables } from '../unit.ts';

/** Makes failed units pending again: they failed because the provider did, not for what they are. */
export async function requeueFailed(tx: Tx, orgId: string, runId: string): Promise<void> {
  for (const kind of unitKinds) {
    await sql`
      update ${unitTables[kind].table}
      set status = 'pending', attempts = 0, error_code = null, error_message = null
      where org_id = ${orgId} and run_id = ${runId} and ${unitTables[kind].only} and status = 'failed'`.execute(tx);
  }
}
