import { canTransition, isTerminal, statesBefore } from '#lib/domain/run.ts';
import type { RunStatus } from '#lib/domain/run.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { sql } from 'kysely';
import { lockCounter, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import { publishRun } from './publish-run.ts';
import type { Actor } from './record-activity.ts';
import { recordRunActivity } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import type { Run } from './run.ts';
import { loadRun } from './run.ts';
import { runEntryOf } from './run-entry.ts';
import { countLiveSellers } from './sql/count-live-sellers.ts';
import { countRun } from './sql/count-run.ts';
import { countUnits } from './sql/count-units.ts';
import { renumberActivity } from './sql/renumber-activity.ts';
import { requeueFailed } from './sql/requeue-failed.ts';
import { takeBackUnits } from './sql/take-back-units.ts';
import { unitKindOf } from './unit.ts';
import { toWireRow } from './wire-row.ts';
import { withListSizes } from './with-list-sizes.ts';

export interface Transition {
  orgId: string;
  runId: string;
  to: RunStatus;
  actor: Actor;
  /** With `paused`. */
  pauseReason?: NonNullable<Run['pause_reason']>;
  /** With `paused` for a quota: when it is renewed, in epoch milliseconds, if the provider says so. */
  quotaResetsAt?: number | null;
  /** With `running`: a cap above the present one. */
  budgetCapCents?: number | undefined;
}

/**
 * Moves a run to another state, once: the workspace's counter and the run's row are locked, and the
 * update names the states it may come from. Throws `invalid_transition` with the present state.
 */
export async function transitionRun(deps: RunDeps, transition: Transition): Promise<WireCollectionRun> {
  const { run, activityVersion } = await inOrg(deps.db, transition.orgId, (tx) =>
    moveRun(tx, transition, deps.clock()),
  );
  publishRun(deps, transition.orgId, run, activityVersion);
  return run;
}

/** The same within a transaction; whoever calls it publishes the run when that has committed. */
export async function moveRun(
  tx: Tx,
  transition: Transition,
  now: number,
): Promise<{ run: WireCollectionRun; activityVersion: number }> {
  const { orgId, runId, to } = transition;
  await lockCounter(tx, orgId);
  const run = await loadRun(tx, orgId, runId, 'lock');
  if (!canTransition(run.status, to)) throw new AppError('invalid_transition', { details: { status: run.status } });
  const changes = await changesFor(tx, run, transition, now);
  const { counts, skipped } = await countRun(tx, orgId, runId);
  const categories = await countUnits(tx, 'category', { orgId, runId });
  const outcome = { ...counts, categories_failed: categories.failed };
  const entry = withListSizes(runEntryOf(run, transition, outcome), run, changes);
  let activityVersion = await recordRunActivity(tx, entry, now);
  if (isTerminal(to)) activityVersion = await renumberActivity(tx, orgId, runId);
  const version = await takeVersions(tx, orgId, 1);
  const row = await tx
    .updateTable('collection_runs')
    .set({
      ...counts,
      ...changes,
      checkpoint: JSON.stringify({
        ...run.checkpoint,
        sellers_skipped: skipped,
        paused_ms: to === 'paused' ? pausedMs(run, null) : pausedMs(run, now),
        quota_resets_at: transition.quotaResetsAt == null ? undefined : new Date(transition.quotaResetsAt),
      }),
      actual_cost_cents: sql<number>`ceil(actual_cost_microusd / 10000.0)`,
      status: to,
      version,
      updated_at: new Date(now),
    })
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .where('status', 'in', statesBefore(to))
    .returningAll()
    .executeTakeFirstOrThrow();
  return { run: toWireRow(collectionRuns, row), activityVersion };
}

/** How long the run has stood still, a pause that ends `now` included; left out when it never did. */
function pausedMs({ checkpoint, status, paused_at }: Run, now: number | null): number | undefined {
  const before = Number(checkpoint?.['paused_ms'] ?? 0);
  const last = now === null || status !== 'paused' || paused_at === null ? 0 : Math.max(0, now - paused_at);
  return before + last === 0 ? undefined : before + last;
}

/** What else happens to the run and its units on the way to the state. */
async function changesFor(tx: Tx, run: Run, { to, pauseReason, budgetCapCents }: Transition, now: number) {
  const ids = { orgId: run.org_id, runId: run.id };
  if (to === 'paused') return { pause_reason: pauseReason ?? 'user', paused_at: new Date(now) };
  if (to === 'running') {
    await takeBackUnits(tx, ids, 'expired');
    if (run.pause_reason === 'provider_errors') await requeueFailed(tx, unitKindOf(run.phase), ids);
    return {
      pause_reason: null,
      paused_at: null,
      failure_streak: 0,
      ...(run.started_at === null && {
        started_at: new Date(now),
        seller_count_before: await countLiveSellers(tx, run.org_id),
      }),
      ...(budgetCapCents !== undefined && { budget_cap_cents: budgetCapCents }),
    };
  }
  // Whatever is in flight counts as paid, so that the cost of an ended run is final.
  await takeBackUnits(tx, ids, 'all');
  return {
    pause_reason: null,
    completed_at: new Date(now),
    seller_count_after: await countLiveSellers(tx, run.org_id),
  };
}
