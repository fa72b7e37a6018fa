import { AppError } from '#lib/shared/app-error.ts';
import { theProgram } from './record-activity.ts';
import type { Run } from './run.ts';
import { transitionRun } from './transition-run.ts';
import type { Worker } from './worker.ts';

/** Pauses the run on the program's own account; nothing happens when it is paused or ended already. */
export async function pauseRun(
  { deps, run }: Worker,
  pauseReason: NonNullable<Run['pause_reason']>,
  quotaResetsAt: number | null = null,
): Promise<void> {
  const ids = { orgId: run.org_id, runId: run.id };
  try {
    await transitionRun(deps, { ...ids, to: 'paused', actor: theProgram, pauseReason, quotaResetsAt });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
}
