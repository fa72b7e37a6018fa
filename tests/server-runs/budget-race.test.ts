import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { RunDatabase } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';

describe('twenty searches in four processes with one cent left, on a real Postgres', () => {
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

  it('make one call, ever; the run pauses, says how to go on, and does with a higher cap', async () => {
    const world = await openWorld(database);
    await world.rows(`update collection_settings set max_concurrent_runs = 100, microusd_per_call = '{"scripted":0}'`);
    for (let round = 0; round < soakRuns(10); round += 1) {
      const source = scriptedSource(({ title }) => ({ names: [`seller of ${title}`] }));
      const deps = world.withSource(source);
      const settings = { parallel: 20, pages_per_product: 1 };
      const { id } = await world.create({ products: listOf(40), seller_source: 'scripted', settings }, deps);
      // All but one cent of the cap is spent, and a call costs one.
      await world.rows(`update collection_runs set budget_cap_cents = 100, actual_cost_microusd = 990000,
        checkpoint = jsonb_set(checkpoint, '{microusd_per_call,seller}', '10000') where id = '${id}'`);
      const engines = await Promise.all([0, 1, 2, 3].map(() => world.startEngine(deps, { tickMs: 10 })));
      const paused = await world.until(
        id,
        'paused',
        ({ status, reserved_cost_microusd }) => status === 'paused' && reserved_cost_microusd === 0,
      );
      expect([paused.pause_reason, paused.actual_cost_microusd, source.calls]).toEqual(['budget', 1_000_000, 1]);
      const [entry] = await world.rows<{ summary: string; details: object }>(
        `select summary, details from activity where run_id = '${id}' and kind = 'run.paused'`,
      );
      expect(entry?.summary).toContain(
        'the budget cap of $1.00 is reached. Resume it with a higher cap; that takes the right to manage settings',
      );
      expect(entry?.details).toEqual({ reason: 'budget', budget_cap_cents: 100, right: 'settings.manage' });
      if (round === 0) {
        await world.resume(id, 140);
        const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
        expect([run.actual_cost_microusd, run.products_searched, source.calls]).toEqual([1_390_000, 40, 40]);
      } else {
        await world.rows(`update collection_runs set status = 'cancelled' where id = '${id}'`);
      }
      await Promise.all(engines.map((engine) => engine.stop()));
    }
    await world.close();
  });
});
