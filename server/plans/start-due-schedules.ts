import type { CollectionSettings } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg, inSystem } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { makeRun } from '#server/runs/make-run.ts';
import { minuteOf } from '#server/runs/minute-of.ts';
import { planRun } from '#server/runs/plan-run.ts';
import { publishRun } from '#server/runs/publish-run.ts';
import { recordRunActivity, theProgram } from '#server/runs/record-activity.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import { describeProblem } from './describe-problem.ts';
import { isMember } from './is-member.ts';
import { nextTime } from './next-time.ts';
import type { ScheduleRow } from './schedules.ts';
import type { DueSchedule } from './sql/find-due-schedules.ts';
import { findDueSchedules } from './sql/find-due-schedules.ts';

/** Makes the runs of all schedules that are due; they are pending, and start when there is room. */
export async function startDueSchedules(deps: RunDeps): Promise<void> {
  for (const due of await inSystem(deps.db, (tx) => findDueSchedules(tx, deps.clock()))) {
    // One that fails (a lost connection) keeps no other from its turn, and is tried again.
    await startDueSchedule(deps, due).catch((error: unknown) =>
      deps.log('error', 'A schedule could not be looked after.', { schedule: due.id, ...errorFacts(error) }),
    );
  }
}

type Outcome = { run: WireCollectionRun } | { activity: number } | null;

/**
 * The run and the schedule's next time are written in one transaction that holds the workspace's counter
 * and finds the time as it was, so that of any number of processes one makes the run, whatever dies.
 * However often it was missed while nobody looked, it makes one run and goes on from now.
 */
async function startDueSchedule(deps: RunDeps, { org_id: orgId, id, next_run_at }: DueSchedule): Promise<void> {
  const outcome = await inOrg(deps.db, orgId, async (tx): Promise<Outcome> => {
    await lockCounter(tx, orgId);
    const schedule = await tx
      .selectFrom('collection_schedules')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .where('active', '=', true)
      .where('next_run_at', '=', next_run_at)
      .forUpdate()
      .executeTakeFirst();
    if (schedule === undefined) return null;
    if (!(await isMember(tx, orgId, schedule.created_by))) return pause(tx, schedule, deps.clock());
    if (await stillWaits(tx, schedule)) return skip(tx, schedule, deps.clock());
    const settings = await loadCollectionSettings(tx, orgId);
    return start(tx, deps, schedule, settings);
  });
  if (outcome === null) return;
  if ('run' in outcome) publishRun(deps, orgId, outcome.run);
  else deps.hub.publish({ orgId, event: 'change', data: { table: 'activity', version: outcome.activity } });
}

async function start(tx: Tx, deps: RunDeps, schedule: ScheduleRow, settings: CollectionSettings): Promise<Outcome> {
  const { org_id: orgId, created_by: createdBy, category_ids, product_source, seller_source, time_zone } = schedule;
  const now = deps.clock();
  try {
    const request = { category_ids, product_source, seller_source, settings: schedule.settings };
    const plan = planRun(request, deps.sources, {});
    const name = `${schedule.name.slice(0, 180)} ${minuteOf(now, time_zone)}`;
    const run = await makeRun(tx, { orgId, createdBy, name, plan, links: { schedule_id: schedule.id }, now }, settings);
    await moveOn(tx, schedule, now, { last_run_id: run.id, last_started_at: new Date(now), last_problem: null });
    return { run };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const problem = describeProblem(error);
    await moveOn(tx, schedule, now, { last_problem: problem });
    // Told once: a schedule of every minute would write the same each minute.
    if (problem === schedule.last_problem) return null;
    return { activity: await tell(tx, schedule, 'schedule.skipped', `was not started: ${problem}`, now) };
  }
}

async function pause(tx: Tx, schedule: ScheduleRow, now: number): Promise<Outcome> {
  const problem = 'Its creator has left the workspace or may no longer start runs. Turn it on to run it as yours.';
  await moveOn(tx, schedule, now, { active: false, last_problem: problem });
  return { activity: await tell(tx, schedule, 'schedule.paused', 'is turned off: its creator is gone', now) };
}

/** Without an entry: a schedule of every minute would write one each minute. */
async function skip(tx: Tx, schedule: ScheduleRow, now: number): Promise<Outcome> {
  await moveOn(tx, schedule, now, { last_problem: 'The run that it made before still waits for room.' });
  return null;
}

async function stillWaits(tx: Tx, { org_id, last_run_id }: ScheduleRow): Promise<boolean> {
  if (last_run_id === null) return false;
  const run = await tx
    .selectFrom('collection_runs')
    .select('status')
    .where('org_id', '=', org_id)
    .where('id', '=', last_run_id)
    .executeTakeFirst();
  return run?.status === 'pending';
}

type Changes = Partial<Pick<ScheduleRow, 'active' | 'last_problem' | 'last_run_id' | 'last_started_at'>>;

async function moveOn(tx: Tx, schedule: ScheduleRow, now: number, changes: Changes): Promise<void> {
  const next = changes.active === false ? null : nextTime(schedule.cron, schedule.time_zone, now);
  await tx
    .updateTable('collection_schedules')
    .set({ ...changes, next_run_at: next === null ? null : new Date(next) })
    .where('org_id', '=', schedule.org_id)
    .where('id', '=', schedule.id)
    .execute();
}

function tell(tx: Tx, schedule: ScheduleRow, kind: string, what: string, now: number): Promise<number> {
  const summary = `Schedule “${schedule.name}” ${what}`;
  const entry = { orgId: schedule.org_id, runId: null, actor: theProgram, kind, summary };
  return recordRunActivity(tx, { ...entry, details: { schedule_id: schedule.id } }, now);
}
