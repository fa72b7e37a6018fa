import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import { loadRun } from './run.ts';
import type { OpenRun } from './sql/find-open-runs.ts';
import { takeBackUnits } from './sql/take-back-units.ts';
import { transitionRun } from './transition-run.ts';

/** Takes back the units that a dead process of this name had in work in the run. */
export async function recoverRun(deps: RunDeps, { org_id: orgId, id: runId }: OpenRun, process: string): Promise<void> {
  await inOrg(deps.db, orgId, async (tx) => {
    await loadRun(tx, orgId, runId, 'lock');
    await takeBackUnits(tx, { orgId, runId }, { process });
  });
}

// A run that a person makes is pending only for that long: a long list takes seconds.
const HALF_MADE_MS = 60_000;

/** True for a run that a process left half made when it died; one of a schedule is whole from its beginning. */
export function isHalfMade({ status, created_at, scheduled }: OpenRun, now: number): boolean {
  return status === 'pending' && !scheduled && now - created_at.getTime() > HALF_MADE_MS;
}

/** Fails a run that is half made, so that it neither waits for ever nor counts against the limit. */
export async function failHalfMade(deps: RunDeps, { org_id: orgId, id: runId }: OpenRun): Promise<void> {
  try {
    await transitionRun(deps, { orgId, runId, to: 'failed', actor: theProgram });
  } catch (error) {
    // Another process did the same, or it was made after all.
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
}
