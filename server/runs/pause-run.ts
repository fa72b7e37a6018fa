import { AppError } from '#lib/shared/app-error.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import type { PauseReason, Run } from './run.ts';
import { transitionRun } from './transition-run.ts';

/** Why a run is to be paused. */
export interface Pause {
  reason: PauseReason;
  /** With `quota`: when it is renewed, in epoch milliseconds; null when the provider did not say. */
  quotaResetsAt: number | null;
}

/** Pauses the run on the program's own account; nothing happens when it is paused or ended already. */
export async function pauseRun(deps: RunDeps, run: Run, { reason, quotaResetsAt }: Pause): Promise<void> {
  const ids = { orgId: run.org_id, runId: run.id };
  try {
    await transitionRun(deps, { ...ids, to: 'paused', actor: theProgram, pauseReason: reason, quotaResetsAt });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
}
