import { expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import type { HandIn } from '#server/runs/desk/hand-in.ts';
import { settleBatch } from '#server/runs/desk/settle-batch.ts';
import { callPrices, loadRun } from '#server/runs/run.ts';
import { takeBackUnits } from '#server/runs/sql/take-back-units.ts';
import { wait } from '#server/sources/wait.ts';
import type { World } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

let world: World;
useWorld('pglite', 'file', (opened) => (world = opened));

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

it('drops a late page also when its search has claimed the unit anew, in a transaction whose answer was lost', async () => {
  const { id } = await world.create({ products: listOf(1) });
  const ids = { orgId: world.orgId, runId: id };
  const run = await world.run(id);
  type Batch = Parameters<typeof settleBatch>[1];
  const settle = (handIn: HandIn, known: Batch['known'] = null) =>
    inOrg(world.db, world.orgId, (tx) =>
      settleBatch(tx, {
        run,
        prices: callPrices(run),
        options: { owner: 'this/one', leaseMs: 60_000 },
        entries: [{ slot: 0, handIn }],
        known,
        stopping: false,
        now: Date.now(),
        rowsWanted: 0,
      }),
    );
  const [first] = (await settle({ did: 'nothing' })).nexts;
  if (first?.do !== 'call') throw new Error('it was given no call');
  await inOrg(world.db, world.orgId, async (tx) => {
    await loadRun(tx, world.orgId, id, 'lock');
    await takeBackUnits(tx, ids, 'all');
  });
  const late: HandIn = {
    did: 'page',
    unit: first.unit,
    page: 1,
    found: { kind: 'product', sellers: [], has_more: false },
  };
  const known = [{ slot: 0, id: first.unit.id, attempts: first.unit.attempts }];
  // The answer of the first of both is lost.
  await settle(late);
  const { nexts, recorded } = await settle(late, known);
  expect(recorded.pages.size).toBe(0);
  expect(nexts).toMatchObject([{ do: 'call', page: 1, unit: { id: first.unit.id, attempts: 2 } }]);
  // The call that it makes now is taken.
  const [again] = nexts;
  if (again?.do !== 'call') throw new Error('it was given no call');
  expect((await settle({ ...late, unit: again.unit })).recorded.pages.size).toBe(1);
  expect(await world.rows(`select status, attempts from collection_items where run_id = '${id}'`)).toEqual([
    { status: 'completed', attempts: 2 },
  ]);
});
