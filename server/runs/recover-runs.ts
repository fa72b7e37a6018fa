import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg, inSystem } from '#server/db/in-org.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import { loadRun } from './run.ts';
import { takeBackUnits } from './sql/take-back-units.ts';
import { transitionRun } from './transition-run.ts';

/** A run is pending only while it is being made; one older than this was left half made by a dead process. */
const HALF_MADE_MS = 60_000;

/** Puts right what processes left that died: units in work under this name, and runs half made. */
export async function recoverRuns(deps: RunDeps, owner: string): Promise<void> {
  const open = await inSystem(deps.db, async (tx) => {
    const { rows } = await sql<{ org_id: string; id: string; status: string; created_at: Date }>`
      select org_id, id, status, created_at from collection_runs where status in ('pending', 'running', 'paused')`.execute(
      tx,
    );
    return rows;
  });
  for (const { org_id: orgId, id: runId, status, created_at } of open) {
    if (status === 'pending') {
      if (deps.clock() - created_at.getTime() > HALF_MADE_MS) await fail(deps, orgId, runId);
      continue;
    }
    await inOrg(deps.db, orgId, async (tx) => {
      await loadRun(tx, orgId, runId, 'lock');
      await takeBackUnits(tx, { orgId, runId }, { owner });
    });
  }
}

async function fail(deps: RunDeps, orgId: string, runId: string): Promise<void> {
  try {
    await transitionRun(deps, { orgId, runId, to: 'failed', actor: theProgram });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
}
