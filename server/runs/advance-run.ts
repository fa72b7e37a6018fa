import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { lockCounter, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import { FAILURE_STREAK } from './failure.ts';
import { pauseRun } from './pause-run.ts';
import { publishRun } from './publish-run.ts';
import { theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import { loadRun } from './run.ts';
import { countRun } from './sql/count-run.ts';
import { countUnits } from './sql/count-units.ts';
import { readFailureStreak } from './sql/read-failure-streak.ts';
import { transitionRun } from './transition-run.ts';
import { unitKindOf } from './unit.ts';
import { toWireRow } from './wire-row.ts';

/**
 * Looks whether a phase is through and moves the run on. `waiting`: others still work on this phase;
 * `moved`: there is new work; `ended`: nothing more to do here.
 */
export async function advanceRun(deps: RunDeps, orgId: string, runId: string): Promise<'waiting' | 'moved' | 'ended'> {
  const ids = { orgId, runId };
  const look = await inOrg(deps.db, orgId, async (tx) => {
    const run = await loadRun(tx, orgId, runId, 'read');
    const units = await countUnits(tx, unitKindOf(run.phase), ids);
    // Products that the run was given are searched, though no category could be read.
    const toSearch = run.phase === 'amazon' ? (await countUnits(tx, 'product', ids)).open : 0;
    const nothingDone = units.open === 0 && units.completed === 0 && units.failed > 0 && toSearch === 0;
    // A search may have found sellers on its first page and failed on the next.
    const sellers = nothingDone ? (await countRun(tx, orgId, runId)).counts.sellers_found : 0;
    // Read last: what has closed the last unit has written it too.
    return { run, units, nothingDone, sellers, failureStreak: await readFailureStreak(tx, ids) };
  });
  if (look.run.status !== 'running') return 'ended';
  if (look.units.open > 0) return 'waiting';
  // Who wrote the last of a row of failures pauses the run in a second transaction, and may be late or dead.
  const isProvidersFault = look.nothingDone && look.units.failed_by_provider > 0;
  if (look.failureStreak >= FAILURE_STREAK || isProvidersFault) {
    await pauseRun(deps, look.run, { reason: 'provider_errors', quotaResetsAt: null });
    return 'ended';
  }
  if (look.run.phase === 'amazon' && !look.nothingDone) {
    const moved = await inOrg(deps.db, orgId, (tx) => enterSearchPhase(tx, orgId, runId, deps.clock()));
    if (moved) publishRun(deps, orgId, moved);
    return 'moved';
  }
  try {
    const to = look.nothingDone && look.sellers === 0 ? 'failed' : 'completed';
    await transitionRun(deps, { ...ids, to, actor: theProgram });
  } catch (error) {
    // Another worker saw the end first, or a person stopped the run just now.
    if (!(error instanceof AppError && error.code === 'invalid_transition')) throw error;
  }
  return 'ended';
}

async function enterSearchPhase(tx: Tx, orgId: string, runId: string, now: number): Promise<WireCollectionRun | null> {
  await lockCounter(tx, orgId);
  const run = await loadRun(tx, orgId, runId, 'lock');
  if (run.status !== 'running' || run.phase !== 'amazon') return null;
  const { counts } = await countRun(tx, orgId, runId);
  const version = await takeVersions(tx, orgId, 1);
  const row = await tx
    .updateTable('collection_runs')
    // Categories may have held fewer products than wanted, or the same ones. The other provider begins anew.
    .set({
      ...counts,
      products_total: counts.products_found,
      phase: 'ebay',
      failure_streak: 0,
      version,
      updated_at: new Date(now),
    })
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toWireRow(collectionRuns, row);
}
