import { afterAll, beforeAll, expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { loadRun } from '#server/runs/run.ts';
import { takeBackUnits } from '#server/runs/sql/take-back-units.ts';
import { wait } from '#server/sources/wait.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';

let database: RunDatabase;
let world: World;
beforeAll(async () => {
  database = await openRunDatabase();
  world = await openWorld(database);
});
afterAll(async () => {
  await world.close();
  await database.close();
});

it('leaves a search to the one that has taken it over, also within one process, and pays only the lost call besides', async () => {
  const PRICE = 5000;
  const calls: { page: number; answer: () => void }[] = [];
  const source = scriptedSource(async ({ page, signal }) => {
    const { promise, resolve: answer, reject } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => reject(signal.reason));
    // The first two calls are answered when they are told to.
    if (calls.push({ page, answer }) > 2) answer();
    await promise;
    return { names: [`seller on page ${page}`, 'everywhere'], has_more: page < 3 };
  });
  const deps = world.withSource(source);
  await world.rows(`update collection_settings set microusd_per_call = '{"scripted":${PRICE}}'`);
  const settings = { parallel: 2, pages_per_product: 3 };
  const { id } = await world.create({ products: listOf(1), seller_source: 'scripted', settings }, deps);
  await world.startEngine(deps);
  const asked = (count: number) => world.until(id, `${count} calls`, () => calls.length >= count);
  await asked(1);
  // What another process does when this one has renewed no lease for a while.
  await inOrg(world.db, world.orgId, async (tx) => {
    await loadRun(tx, world.orgId, id, 'lock');
    await takeBackUnits(tx, { orgId: world.orgId, runId: id }, 'all');
  });
  // The process’s other search, which was idle, begins it anew.
  await asked(2);
  expect(calls.map(({ page }) => page)).toEqual([1, 1]);
  calls[0]?.answer();
  await wait(300);
  expect((await world.run(id)).sellers_found).toBe(0);
  expect(calls).toHaveLength(2);
  calls[1]?.answer();
  const run = await world.until(id, 'completed', ({ status }) => status === 'completed');

  expect(calls.map(({ page }) => page)).toEqual([1, 1, 2, 3]);
  expect(run).toMatchObject({ products_searched: 1, sellers_found: 4, reserved_cost_microusd: 0 });
  expect(run.actual_cost_microusd).toBe(4 * PRICE);
  const items = await world.rows(
    `select cost_microusd::int as cost from collection_items where run_id = '${id}' and type = 'amazon_product'`,
  );
  expect(items).toEqual([{ cost: 4 * PRICE }]);
});
