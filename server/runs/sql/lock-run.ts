import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { RunStatus } from '#lib/domain/run.ts';
import type { Tx } from '#server/db/in-org.ts';

export interface LockedRun {
  status: RunStatus;
  phase: 'amazon' | 'ebay';
  /** What may still be set aside for calls, in millionths of a dollar. */
  room: number;
  failure_streak: number;
}

/** Locks the run's row, which everything that spends or ends a run does first. Throws `not_found`. */
export async function lockRun(tx: Tx, run: { orgId: string; runId: string }): Promise<LockedRun> {
  const { rows } = await sql<LockedRun>`
    select status, phase, failure_streak,
      budget_cap_cents::bigint * 10000 - actual_cost_microusd - reserved_cost_microusd as room
    from collection_runs where org_id = ${run.orgId} and id = ${run.runId} for update`.execute(tx);
  if (!rows[0]) throw new AppError('not_found');
  return rows[0];
}
