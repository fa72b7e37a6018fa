import { AppError } from '#lib/shared/app-error.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import { loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { publishRun } from '#server/runs/publish-run.ts';
import { theProgram } from '#server/runs/record-activity.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import type { OpenRun } from '#server/runs/sql/find-open-runs.ts';
import { moveRun } from '#server/runs/transition-run.ts';
import { countStartedRuns } from './sql/count-started-runs.ts';

/** Starts a run that a schedule has made, if there is room; answers whether it did. */
export async function startWaitingRun(deps: RunDeps, { org_id: orgId, id: runId }: OpenRun): Promise<boolean> {
  try {
    const moved = await inOrg(deps.db, orgId, async (tx) => {
      // Counted and started under one lock, so that neither processes nor people pass the limit together.
      await lockCounter(tx, orgId);
      const { max_concurrent_runs: limit } = await loadCollectionSettings(tx, orgId);
      if ((await countStartedRuns(tx, orgId)) >= limit) return null;
      return moveRun(tx, { orgId, runId, to: 'running', actor: theProgram }, deps.clock());
    });
    if (moved !== null) publishRun(deps, orgId, moved.run, moved.activityVersion);
    return moved !== null;
  } catch (error) {
    // Another process has started it, or a person has cancelled it.
    if (error instanceof AppError && error.code === 'invalid_transition') return false;
    throw error;
  }
}
