import type { Selectable } from 'kysely';
import type { Schedule, ScheduleChange, ScheduleRequest } from '#lib/protocol/collection-plans.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { invalid } from '#server/runs/plan-run.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import { checkRoom } from './check-room.ts';
import type { Choice } from './choice.ts';
import { choiceColumns, readChoice } from './choice.ts';
import { isMember } from './is-member.ts';
import { checkTimes, nextTime } from './next-time.ts';
import { deleteOwnPlan, loadOwnPlan } from './own-plan.ts';
import { findHiddenRuns } from './sql/find-hidden-runs.ts';

export type ScheduleRow = Selectable<Schema['collection_schedules']>;

/** All of them, by name. Those of others are seen too: they spend from the same budget. */
export function listSchedules({ db }: RunDeps, who: Who): Promise<Schedule[]> {
  return inOrg(db, who.orgId, async (tx) => {
    const rows = await tx
      .selectFrom('collection_schedules')
      .selectAll()
      .where('org_id', '=', who.orgId)
      .orderBy('name')
      .orderBy('id')
      .execute();
    return answersOf(tx, who, rows);
  });
}

/** Throws `forbidden`, `unknown_ids`, `invalid_request`. */
export function createSchedule(deps: RunDeps, who: Who, request: ScheduleRequest): Promise<Schedule> {
  if (!who.permissions.includes('runs.start')) throw new AppError('forbidden');
  return inOrg(deps.db, who.orgId, async (tx) => {
    await checkRoom(tx, 'collection_schedules', who.orgId);
    const { default_settings: defaults } = await loadCollectionSettings(tx, who.orgId);
    const choice = checked(readChoice(request, null, { sources: deps.sources, defaults }));
    const { name, cron, time_zone, active = true } = request;
    const now = deps.clock();
    checkTimes(cron, time_zone, now);
    const row = await tx
      .insertInto('collection_schedules')
      .values({
        org_id: who.orgId,
        id: crypto.randomUUID(),
        name,
        cron,
        time_zone,
        ...choiceColumns(choice),
        active,
        next_run_at: active ? timeOf(nextTime(cron, time_zone, now)) : null,
        last_run_id: null,
        last_started_at: null,
        last_problem: null,
        created_by: who.userId,
        created_at: new Date(now),
        updated_at: new Date(now),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(tx, who, row);
  });
}

/** What is left out stays. Throws `not_found`, and what `createSchedule` throws. */
export function updateSchedule(deps: RunDeps, who: Who, id: string, change: ScheduleChange): Promise<Schedule> {
  return inOrg(deps.db, who.orgId, async (tx) => {
    const before = await loadOwnPlan(tx, who, 'collection_schedules', id);
    const { default_settings: defaults } = await loadCollectionSettings(tx, who.orgId);
    const choice = checked(readChoice(change, before, { sources: deps.sources, defaults }));
    const { name = before.name, cron = before.cron, time_zone = before.time_zone, active = before.active } = change;
    const now = deps.clock();
    if (change.cron !== undefined || change.time_zone !== undefined) checkTimes(cron, time_zone, now);
    const turnedOn = active && !before.active;
    const retimed = turnedOn || cron !== before.cron || time_zone !== before.time_zone;
    const row = await tx
      .updateTable('collection_schedules')
      .set({
        name,
        cron,
        time_zone,
        ...choiceColumns(choice),
        active,
        ...(!active ? { next_run_at: null } : retimed && { next_run_at: timeOf(nextTime(cron, time_zone, now)) }),
        ...(turnedOn && { last_problem: null, created_by: await heir(tx, before, who) }),
        updated_at: new Date(now),
      })
      .where('org_id', '=', who.orgId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(tx, who, row);
  });
}

/** Runs that it has started go on. Throws `not_found`, `forbidden`. */
export function deleteSchedule({ db }: RunDeps, who: Who, id: string): Promise<void> {
  return inOrg(db, who.orgId, (tx) => deleteOwnPlan(tx, who, 'collection_schedules', id));
}

/** In whose name it runs from now on: its creator's, or that of who turns it on after they have left. */
async function heir(tx: Tx, { org_id, created_by }: ScheduleRow, who: Who): Promise<string> {
  return (await isMember(tx, org_id, created_by)) ? created_by : who.userId;
}

function checked(choice: Choice): Choice {
  if (choice.product_source === 'list') throw invalid('product_source', 'A schedule has no list of products to take.');
  if (choice.category_ids.length === 0) throw invalid('category_ids', 'Choose at least one category.');
  return choice;
}

function timeOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

async function answerOf(tx: Tx, who: Who, row: ScheduleRow): Promise<Schedule> {
  const [answer] = await answersOf(tx, who, [row]);
  if (answer === undefined) throw new AppError('not_found');
  return answer;
}

/** What a schedule says of its last run to those who do not see that run. */
const untold: Pick<ScheduleRow, 'last_run_id' | 'last_started_at' | 'last_problem'> = {
  last_run_id: null,
  last_started_at: null,
  last_problem: null,
};

async function answersOf(tx: Tx, who: Who, rows: readonly ScheduleRow[]): Promise<Schedule[]> {
  const runs = rows.flatMap(({ last_run_id }) => last_run_id ?? []);
  const hidden = await findHiddenRuns(tx, who, runs);
  return rows.map(({ org_id: _org, ...row }) => {
    const isHidden = row.last_run_id !== null && hidden.has(row.last_run_id);
    const { last_run_id, last_started_at, last_problem } = isHidden ? untold : row;
    return {
      ...row,
      last_run_id,
      last_started_at: last_started_at?.toISOString() ?? null,
      last_problem,
      next_run_at: row.next_run_at?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    };
  });
}
