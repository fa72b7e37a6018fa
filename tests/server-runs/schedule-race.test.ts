import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsAnswer } from '#lib/protocol/collection.ts';
import { scheduleAnswer, schedulesAnswer } from '#lib/protocol/collection-plans.ts';
import { inSystem } from '#server/db/in-org.ts';
import { createSchedule } from '#server/plans/schedules.ts';
import { startDueSchedules } from '#server/plans/start-due-schedules.ts';
import { startWaitingRun } from '#server/plans/start-waiting-run.ts';
import { createRun } from '#server/runs/create-run.ts';
import { findOpenRuns } from '#server/runs/sql/find-open-runs.ts';
import { wait } from '#server/sources/wait.ts';
import { api } from '#tests/helpers/api.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

const monthly = {
  name: 'Cats',
  cron: '0 3 1 * *',
  time_zone: 'UTC',
  category_ids: ['pet-cats'],
  settings: { products_per_category: 2, pages_per_product: 1 },
};
const quick = { SELLERDEX_CATALOGUE_SPEED: '0', SELLERDEX_CATALOGUE_FAULTS: '0', SELLERDEX_LEASE_MS: '4000' };
const BEFORE = '2026-01-20T14:30:00Z';
const DUE = '2026-02-01T03:00:00Z';

describe('a schedule that several processes find due, on a real Postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** Ten that look at the same time, by five sets of connections. */
  async function openRacers() {
    const url = await postgres.createDatabase();
    const databases = await Promise.all(Array.from({ length: 5 }, () => openRunDatabase(url)));
    const [first = expect.fail()] = databases;
    const world = await openWorld(first);
    const time = { now: Date.parse(BEFORE) };
    const racers = [...databases, ...databases].map(({ database }) => ({
      ...world.runDeps,
      db: database.db,
      clock: () => time.now,
    }));
    const [deps = expect.fail()] = racers;
    const close = async () => {
      await world.close();
      await Promise.all(databases.map((database) => database.close()));
    };
    return { world, time, racers, deps, close };
  }

  it('is started by one of ten that look together, also when its run has ended before the next looks', async () => {
    const { world, time, racers, deps, close } = await openRacers();
    await createSchedule(deps, world.owner, monthly);
    await sql`create function ended() returns trigger language plpgsql as
      $$ begin new.status := 'completed'; return new; end $$`.execute(world.db);
    await sql`create trigger ended before insert on collection_runs for each row execute function ended()`.execute(
      world.db,
    );
    for (const [round, at] of ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'].entries()) {
      time.now = Date.parse(`${at}T03:00:00Z`);
      await Promise.all(racers.map((racer) => startDueSchedules(racer)));
      expect(await world.rows('select id from collection_runs')).toHaveLength(round + 1);
    }
    await close();
  });

  it('passes the limit of runs neither with other schedules nor with people, whoever starts what waits', async () => {
    const { world, time, racers, deps, close } = await openRacers();
    await world.rows('update collection_settings set max_concurrent_runs = 3');
    for (let count = 0; count < 5; count += 1) await createSchedule(deps, world.owner, monthly);
    await createRun(deps, world.owner, { category_ids: ['pet-dogs'] });
    time.now = Date.parse(DUE);
    await startDueSchedules(deps);
    const waiting = await inSystem(world.db, findOpenRuns);
    expect(waiting.map(({ status }) => status)).toEqual(['running', ...Array.from({ length: 5 }, () => 'pending')]);
    const started = await Promise.all(
      racers.flatMap((racer) => waiting.slice(1).map((run) => startWaitingRun(racer, run))),
    );
    expect(started.filter(Boolean)).toHaveLength(2);
    expect(await world.rows(`select 1 from collection_runs where status = 'running'`)).toHaveLength(3);
    await close();
  });

  it('is started once, late, by worker processes of which some are killed; a server without a worker starts none', async () => {
    const url = await postgres.createDatabase();
    const env = { ...quick, DATABASE_URL: url };
    const planner = await startServer({ args: ['--no-worker'], env: { ...env, SELLERDEX_CLOCK: BEFORE } });
    const made = await (await api(planner)).post(scheduleAnswer, '/collection/schedules', monthly);
    expect(made.next_run_at).toBe('2026-02-01T03:00:00.000Z');
    expect(await planner.stop()).toBe(0);

    const server = await startServer({ args: ['--no-worker'], env: { ...env, SELLERDEX_CLOCK: DUE } });
    const client = await api(server);
    const runs = async () => (await client.get(runsAnswer, '/collection/runs')).runs;
    // Longer than a worker waits between two looks.
    await wait(2500);
    expect(await runs()).toEqual([]);

    const start = (): ChildProcess =>
      spawn(process.execPath, ['server/worker.ts'], {
        env: { ...process.env, ...env, SELLERDEX_CLOCK: DUE },
        stdio: ['ignore', 'ignore', 'ignore'],
      });
    const doomed = [start(), start()];
    const workers = [start(), start()];
    await waitUntil('a run', async () => (await runs()).length > 0, 60_000);
    for (const worker of doomed) worker.kill('SIGKILL');
    const done = await waitUntil(
      'the end',
      async () => {
        const all = await runs();
        return all.every(({ status }) => status === 'completed') && all;
      },
      60_000,
    );
    expect(done).toMatchObject([{ name: 'Cats 2026-02-01 03:00', checkpoint: { schedule_id: made.id } }]);
    const { schedules } = await client.get(schedulesAnswer, '/collection/schedules');
    expect(schedules).toMatchObject([{ last_run_id: done[0]?.id, next_run_at: '2026-03-01T03:00:00.000Z' }]);
    const entries = [...(await client.pullAll('activity')).values()].map(({ kind }) => kind);
    expect(entries.toSorted()).toEqual(['run.completed', 'run.started']);

    for (const worker of workers) {
      worker.kill('SIGTERM');
      const [code] = (await once(worker, 'exit')) as [number | null];
      expect(code).toBe(0);
    }
    expect(await server.stop()).toBe(0);
  }, 180_000);
});
