import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { createRunDriver } from '#server/runs/run-driver.ts';
import { seededRandom } from '#server/sources/catalogue/seeded-random.ts';
import { wait } from '#server/sources/wait.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { RunDatabase } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';

describe('workers that die or race, on a real Postgres', () => {
  let postgres: TestPostgres;
  let database: RunDatabase;
  beforeAll(async () => {
    postgres = await startPostgres();
    database = await openRunDatabase(await postgres.createDatabase());
  });
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  it('counts every seller once when workers vanish in the middle of their work', async () => {
    const world = await openWorld(database);
    const random = seededRandom('kill');
    const source = scriptedSource(async ({ title, page, signal }) => {
      await wait(random() * 20, signal);
      return { names: [`${title} page ${page}`, 'everywhere'], has_more: page < 3 };
    });
    const deps = world.withSource(source);
    const { id } = await world.create({ products: listOf(40), seller_source: 'scripted' }, deps);
    // A dead process neither gives units back nor renews their leases: from one transaction to the
    // next it does nothing any more.
    for (let round = 0; round < 8; round += 1) {
      let dead = false;
      const db = new Proxy(world.db, {
        get: (target, name) => {
          if (dead) throw new Error('The process is dead.');
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      const options = { owner: `doomed ${round}`, leaseMs: 200, backoffMs: 5, tickMs: 20 };
      const driver = createRunDriver({ ...deps, db }, options, await world.run(id));
      await wait(20 + random() * 60);
      dead = true;
      await driver.stop().catch(() => undefined);
    }
    const left = await world.run(id);
    expect(left.status).toBe('running');
    await world.startEngine(deps, { leaseMs: 200 });
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({
      products_searched: 40,
      failed_items: 0,
      sellers_found: 121,
      sellers_new: 121,
      reserved_cost_microusd: 0,
      seller_count_after: 121,
    });
    // Calls in hand were lost, so that there was something to take back.
    expect(source.calls).toBeGreaterThan(120);
    const [rows] = await world.rows(
      'select count(*)::int as rows, max(times_seen)::int as seen, max(no)::int as last_no, count(distinct version)::int as versions from sellers',
    );
    expect(rows).toEqual({ rows: 121, seen: 1, last_no: 121, versions: 121 });
    await world.close();
  });

  it('never spends above the cap with four racing processes', async () => {
    const world = await openWorld(database);
    const random = seededRandom('budget');
    const source = scriptedSource(async ({ title, page, attempt, signal }) => {
      await wait(random() * 5, signal);
      // A page that cannot be read is charged for, and so the estimate can be passed.
      if (attempt === 0) throw new AppError('parse_error');
      return { names: [`${title}/${page}`], has_more: true };
    });
    const deps = world.withSource(source);
    await world.rows(`update collection_settings set budget_cap_cents = 100, microusd_per_call = '{"scripted":7000}'`);
    const settings = { parallel: 20, pages_per_product: 2 };
    const { id } = await world.create({ products: listOf(60), seller_source: 'scripted', settings }, deps);
    const spent: number[] = [];
    let watching = true;
    const watch = (async () => {
      while (watching) {
        const run = await world.run(id);
        spent.push(run.actual_cost_microusd + run.reserved_cost_microusd);
        await wait(3);
      }
    })();
    await Promise.all([0, 1, 2, 3].map(() => world.startEngine(deps)));
    const paused = await world.until(
      id,
      'paused',
      ({ status, reserved_cost_microusd }) => status === 'paused' && reserved_cost_microusd === 0,
    );
    watching = false;
    await watch;
    expect(paused.pause_reason).toBe('budget');
    expect(Math.max(...spent)).toBeLessThanOrEqual(1_000_000);
    expect(source.calls * 7000).toBe(paused.actual_cost_microusd);
    expect(paused.actual_cost_microusd).toBeGreaterThan(1_000_000 - 20 * 7000);
    await world.close();
  });
});
