import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import { publishRun } from './publish-run.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import { loadRun } from './run.ts';
import type { OpenRun } from './sql/find-open-runs.ts';
import { moveRun } from './transition-run.ts';

/** A provider that names a time and has nothing left then is asked no oftener than this. */
const LEAST_PAUSE_MS = 60_000;

/** Resumes a run whose provider's quota is renewed by now; answers whether it did. It has kept its place among those that go on. */
export async function resumeRenewed(
  deps: RunDeps,
  { org_id: orgId, id: runId, quota_resets_at }: OpenRun,
): Promise<boolean> {
  if (quota_resets_at === null || !(Date.parse(quota_resets_at) <= deps.clock())) return false;
  const moved = await inOrg(deps.db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    const now = deps.clock();
    const run = await loadRun(tx, orgId, runId, 'lock');
    // Another process or a person has resumed, paused or cancelled it meanwhile.
    if (run.status !== 'paused' || run.pause_reason !== 'quota') return null;
    if (run.checkpoint?.['quota_resets_at'] !== quota_resets_at) return null;
    if (run.paused_at !== null && now - run.paused_at < LEAST_PAUSE_MS) return null;
    return moveRun(tx, { orgId, runId, to: 'running', actor: theProgram }, now);
  });
  if (moved !== null) publishRun(deps, orgId, moved.run, moved.activityVersion);
  return moved !== null;
}
