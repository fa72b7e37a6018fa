import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#server/db/open-database.ts';
import { seededRandom } from '#server/sources/catalogue/seeded-random.ts';
import { wait } from '#server/sources/wait.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';

type Fate = 'pass' | 'refused' | 'answer_lost';

/** The database as a process meets it whose connection breaks before a transaction, or after its commit. */
function breaking(db: Db, fateOf: () => Fate): Db {
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'transaction') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return () => ({
        execute: async (work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => {
          const fate = fateOf();
          if (fate === 'refused') throw new Error('Connection terminated unexpectedly');
          const answer = await target.transaction().execute(work);
          if (fate === 'answer_lost') throw new Error('Connection terminated unexpectedly');
          return answer;
        },
      });
    },
  });
}

describe('a run while its database comes and goes, on a real Postgres', () => {
  let postgres: TestPostgres;
  let url: string;
  let database: RunDatabase;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase();
    database = await openRunDatabase(url);
  });
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  async function expectEverythingOnce(world: World, id: string, products: number, calls: number): Promise<void> {
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed', 120_000);
    expect(run).toMatchObject({
      products_searched: products,
      failed_items: 0,
      sellers_found: products * 3 + 1,
      sellers_new: products * 3 + 1,
      reserved_cost_microusd: 0,
      // No page was asked for twice, and every call was counted once.
      actual_cost_microusd: products * 3 * 5000,
    });
    expect(calls).toBe(products * 3);
    const [rows] = await world.rows(
      `select count(*)::int as rows, max(times_seen)::int as seen,
        (select sum(cost_microusd)::int from collection_items) as cost from sellers`,
    );
    expect(rows).toEqual({ rows: products * 3 + 1, seen: 1, cost: products * 3 * 5000 });
  }

  it('goes on from the page in hand and pays for none twice, whichever transactions break or lose their answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.noShrink(fc.string()), async (seed) => {
        const random = seededRandom(seed);
        const world = await openWorld(database);
        const source = scriptedSource(async ({ title, page, signal }) => {
          await wait(2, signal);
          return { names: [`${title} page ${page}`, 'everywhere'], has_more: page < 3 };
        });
        const deps = world.withSource(source);
        await world.rows(`update collection_settings set microusd_per_call = '{"scripted":5000}'`);
        const { id } = await world.create({ products: listOf(12), seller_source: 'scripted' }, deps);
        let started = false;
        const fateOf = (): Fate => (!started || random() < 0.6 ? 'pass' : random() < 0.5 ? 'refused' : 'answer_lost');
        await world.startEngine({ ...deps, db: breaking(world.db, fateOf) }, { tickMs: 20 });
        started = true;
        await world.until(id, 'completed', ({ status }) => status === 'completed', 120_000);
        await expectEverythingOnce(world, id, 12, source.calls);
        await world.close();
      }),
      { numRuns: soakRuns(4) },
    );
  });

  it('recovers by itself from an outage of many ticks', async () => {
    const world = await openWorld(database);
    const source = scriptedSource(async ({ title, page, signal }) => {
      await wait(10, signal);
      return { names: [`${title} page ${page}`, 'everywhere'], has_more: page < 3 };
    });
    const deps = world.withSource(source);
    await world.rows(`update collection_settings set microusd_per_call = '{"scripted":5000}'`);
    await world.startEngine(deps, { tickMs: 20, leaseMs: 60_000 });
    const { id } = await world.create({ products: listOf(30), seller_source: 'scripted' }, deps);
    await world.until(id, 'some', ({ products_searched }) => products_searched > 3);
    const admin = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres') });
    await admin.connect();
    const name = url.split('/').at(-1) ?? '';
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await wait(1500);
    const during = source.calls;
    await wait(200);
    // Nothing is asked for that could not be written down.
    expect(source.calls).toBe(during);
    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
    await world.until(id, 'completed', ({ status }) => status === 'completed', 60_000);
    await expectEverythingOnce(world, id, 30, source.calls);
    await world.close();
  });
});
