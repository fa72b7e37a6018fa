import { AppError } from '#lib/shared/app-error.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import type { PauseReason, Run } from './run.ts';
import { transitionRun } from './transition-run.ts';

/** Pauses the run on the program's own account; nothing happens when it is paused or ended already. */
export async function pauseRun(deps: RunDeps, run: Run, pauseReason: PauseReason): Promise<void> {
  try {
    await transitionRun(deps, { orgId: run.org_id, runId: run.id, to: 'paused', actor: theProgram, pauseReason });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
}
