import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** What a transaction changes of the locked run's cost, in millionths of a dollar, and its failures in a row. */
export interface Charge {
  spent: number;
  reserved: number;
  failureStreak: number;
}

export async function chargeRun(tx: Tx, run: { orgId: string; runId: string }, charge: Charge): Promise<void> {
  await sql`
    update collection_runs set actual_cost_microusd = actual_cost_microusd + ${charge.spent},
      reserved_cost_microusd = reserved_cost_microusd + ${charge.reserved}, failure_streak = ${charge.failureStreak}
    where org_id = ${run.orgId} and id = ${run.runId}`.execute(tx);
}
