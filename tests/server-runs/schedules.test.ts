import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleRequest } from '#lib/protocol/collection-plans.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { createSchedule, listSchedules, updateSchedule } from '#server/plans/schedules.ts';
import { startDueSchedules } from '#server/plans/start-due-schedules.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { listRuns } from '#server/runs/list-runs.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { World } from './run-world.ts';
import { useWorld } from './use-world.ts';

const START = '2026-01-20T14:30:00Z';
const monthly: ScheduleRequest = {
  name: 'Cats',
  cron: '0 3 1 * *',
  time_zone: 'Europe/Berlin',
  category_ids: ['pet-cats'],
  settings: { products_per_category: 2, pages_per_product: 1 },
};

describe.each(['pglite', 'postgres'] as const)('schedules on %s', (kind) => {
  let world: World;
  let deps: RunDeps;
  let now = 0;
  useWorld(kind, 'test', (opened) => {
    now = Date.parse(START);
    world = opened;
    deps = { ...world.runDeps, clock: () => now };
  });
  afterEach(() => world.rows('delete from collection_schedules'));

  const make = (request: Partial<ScheduleRequest> = {}, who: Who = world.owner) =>
    createSchedule(deps, who, { ...monthly, ...request });
  const only = async (who: Who = world.owner) => {
    const schedules = await listSchedules(deps, who);
    expect(schedules).toHaveLength(1);
    return schedules[0] ?? expect.fail();
  };
  interface Made {
    id: string;
    name: string;
    status: string;
    created_by: string;
    checkpoint: Record<string, unknown>;
  }
  const runs = () =>
    world.rows<Made>('select id, name, status, created_by, checkpoint from collection_runs order by no');
  const entries = () =>
    world.rows<{ kind: string; summary: string; details: object }>(
      'select kind, summary, details from activity order by no',
    );
  const look = async (at: string) => {
    now = Date.parse(at);
    await startDueSchedules(deps);
  };

  it('makes its run at its time and not before, named by the time of its zone, as its creator', async () => {
    const made = await make({}, world.member);
    expect(made.next_run_at).toBe('2026-02-01T02:00:00.000Z');
    await look('2026-02-01T01:59:59.999Z');
    expect(await runs()).toEqual([]);
    await look('2026-02-01T02:00:00Z');
    await look('2026-02-01T02:00:01Z');
    const [run, ...more] = await runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      name: 'Cats 2026-02-01 03:00',
      created_by: world.member.userId,
      checkpoint: { schedule_id: made.id },
    });
    expect(await only(world.member)).toMatchObject({
      next_run_at: '2026-03-01T02:00:00.000Z',
      last_run_id: run?.id,
      last_started_at: '2026-02-01T02:00:00.000Z',
      last_problem: null,
    });

    const stranger: Who = { ...world.member, userId: crypto.randomUUID() };
    const seen = async (who: Who) =>
      (await inOrg(world.db, world.orgId, (tx) => listRuns(tx, who, { limit: 10 }))).runs;
    expect(
      [await seen(world.member), await seen(world.owner), await seen(stranger)].map(({ length }) => length),
    ).toEqual([1, 1, 0]);
    expect((await only(stranger)).last_run_id).toBeNull();
    await world.startEngine(deps);
    await world.until(run?.id ?? '', 'completed', ({ status }) => status === 'completed');
    expect((await only(stranger)).last_run_id).toBe(run?.id);
    expect((await entries()).map((entry) => entry.kind)).toEqual(['run.started', 'run.completed']);
    expect((await entries())[0]).toMatchObject({
      summary: 'Started run “Cats 2026-02-01 03:00” as scheduled',
      details: { schedule_id: made.id, seller_count_before: 0 },
    });
  });

  it('starts once, late, when it was missed many times, and goes on from now', async () => {
    await make({ cron: '0 * * * *' });
    await look('2026-01-25T10:17:00Z');
    await look('2026-01-25T10:17:01Z');
    expect(await runs()).toHaveLength(1);
    expect(await only()).toMatchObject({ next_run_at: '2026-01-25T11:00:00.000Z' });
  });

  it('makes nothing while it is off, and nothing of the time when it was', async () => {
    const { id } = await make();
    await updateSchedule(deps, world.owner, id, { active: false });
    await look('2026-02-01T02:00:00Z');
    expect(await updateSchedule(deps, world.owner, id, { active: true })).toMatchObject({
      next_run_at: '2026-03-01T02:00:00.000Z',
    });
    await look('2026-02-01T02:00:01Z');
    expect(await runs()).toEqual([]);
  });

  it('waits as pending for room, longer than a half made run may, and takes its place in the row', async () => {
    await world.rows('update collection_settings set max_concurrent_runs = 1');
    const first = await world.create({ category_ids: ['pet-dogs'] }, deps);
    await steerRun(deps, undefined, world.owner, first.id, { to: 'paused' });
    await make({ cron: '* * * * *' });
    await world.startEngine(deps);
    now += 60_000;
    const [, waiting] = await waitUntil('the run is made', async () => {
      const made = await runs();
      return made.length === 2 && made;
    });
    // Due again and again meanwhile, it makes no second one that would wait behind the first.
    now += 60 * 60_000;
    await waitUntil('it was due again', async () => (await only()).last_problem !== null);
    expect(await only()).toMatchObject({
      last_problem: expect.stringContaining('waits for room'),
      last_run_id: waiting?.id,
    });
    expect((await runs()).map(({ status }) => status)).toEqual(['paused', 'pending']);
    await expect(world.create({ category_ids: ['pet-birds'] }, deps)).rejects.toMatchObject({ code: 'run_limit' });

    const { id } = await only();
    await updateSchedule(deps, world.owner, id, { active: false });
    await steerRun(deps, undefined, world.owner, first.id, { to: 'cancelled' });
    await world.until(waiting?.id ?? '', 'completed', ({ status }) => status === 'completed');
    expect(await runs()).toHaveLength(2);
  });

  it('can be cancelled while it waits', async () => {
    await world.rows('update collection_settings set max_concurrent_runs = 1');
    await world.create({ category_ids: ['pet-dogs'] }, deps);
    await make();
    await look('2026-02-01T02:00:00Z');
    const [, waiting] = await runs();
    await steerRun(deps, undefined, world.owner, waiting?.id ?? '', { to: 'cancelled' });
    expect((await runs())[1]).toMatchObject({ status: 'cancelled' });
  });

  it('says in words why it was not started, in the schedule and to everybody, and tries again next time', async () => {
    await make();
    await world.rows('update collection_settings set budget_cap_cents = 1');
    await look('2026-02-01T02:00:00Z');
    const words = 'The estimate of $0.03 is over the budget cap of $0.01. Choose fewer categories or raise the cap.';
    expect(await only()).toMatchObject({
      last_problem: words,
      last_run_id: null,
      active: true,
      next_run_at: '2026-03-01T02:00:00.000Z',
    });
    expect(await entries()).toMatchObject([
      { kind: 'schedule.skipped', summary: `Schedule “Cats” was not started: ${words}` },
    ]);
    await world.rows(`update collection_settings set budget_cap_cents = 100`);
    await world.rows(`update collection_schedules set category_ids = '["pet-cats","gone-for-good"]'`);
    await look('2026-03-01T02:00:00Z');
    expect((await only()).last_problem).toContain('gone-for-good');
    await world.rows(`update collection_schedules set category_ids = '["pet-cats"]', seller_source = 'oxylabs'`);
    await look('2026-04-01T01:00:00Z');
    expect((await only()).last_problem).toContain('not configured');
    expect(await runs()).toEqual([]);
    await world.rows(`update collection_schedules set seller_source = 'catalogue'`);
    await look('2026-05-01T01:00:00Z');
    expect(await only()).toMatchObject({ last_problem: null });
    expect(await runs()).toHaveLength(1);
  });

  it('says the same reason once, however often it is due, and again when it has changed', async () => {
    await make({ cron: '* * * * *', time_zone: 'UTC' });
    await world.rows('update collection_settings set budget_cap_cents = 1');
    for (const minute of ['31', '32', '33']) await look(`2026-01-20T14:${minute}:00Z`);
    expect(await entries()).toHaveLength(1);
    expect(await only()).toMatchObject({ next_run_at: '2026-01-20T14:34:00.000Z' });
    await world.rows('update collection_settings set budget_cap_cents = 2');
    for (const minute of ['34', '35']) await look(`2026-01-20T14:${minute}:00Z`);
    expect((await entries()).map(({ summary }) => /cap of (\$\d+\.\d\d)/.exec(summary)?.[1])).toEqual([
      '$0.01',
      '$0.02',
    ]);
  });

  it('makes its run at the next look when a process ends between writing the run and the next time', async () => {
    await make();
    await sql`create function end_here() returns trigger language plpgsql as
      $$ begin raise exception 'The process ends here.'; end $$`.execute(world.db);
    await sql`create trigger end_here before update on collection_schedules execute function end_here()`.execute(
      world.db,
    );
    await look('2026-02-01T02:00:00Z');
    expect([await runs(), (await only()).next_run_at]).toEqual([[], '2026-02-01T02:00:00.000Z']);
    await sql`drop trigger end_here on collection_schedules`.execute(world.db);
    await sql`drop function end_here`.execute(world.db);
    await look('2026-02-01T02:00:05Z');
    await look('2026-02-01T02:00:06Z');
    expect(await runs()).toHaveLength(1);
    expect((await only()).next_run_at).toBe('2026-03-01T02:00:00.000Z');
  });

  it('is turned off when its creator has left, and runs for who turns it on again', async () => {
    const { id } = await make({}, world.member);
    await world.rows(`delete from members where user_id = '${world.member.userId}'`);
    await look('2026-02-01T02:00:00Z');
    expect(await only()).toMatchObject({
      active: false,
      next_run_at: null,
      last_problem: expect.stringContaining('left the workspace'),
    });
    expect((await entries()).map((entry) => entry.kind)).toEqual(['schedule.paused']);
    await look('2026-03-01T02:00:00Z');
    expect(await runs()).toEqual([]);
    await updateSchedule(deps, world.owner, id, { active: true });
    expect(await only()).toMatchObject({ active: true, last_problem: null, created_by: world.owner.userId });
    await look('2026-04-01T01:00:00Z');
    expect(await runs()).toMatchObject([{ created_by: world.owner.userId }]);
  });
});
