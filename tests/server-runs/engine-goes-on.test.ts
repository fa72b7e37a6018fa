import { once } from 'node:events';
import { expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import type { Db } from '#server/db/open-database.ts';
import { changeCollectionSettings, loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { listItems, listItemsQuery } from '#server/runs/list-items.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { World } from './run-world.ts';
import { openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

let world: World;
useWorld('postgres', 'file', (opened) => (world = opened));

it('works on the runs of others when one cannot be read, and says so', async () => {
  const other = await openWorld(world);
  const deps = world.withSource(scriptedSource(({ title }) => ({ names: [title] })));
  const bad = await other.create({ products: listOf(1), seller_source: 'scripted' }, deps);
  await other.rows(`update collection_runs set phase = 'nowhere' where id = '${bad.id}'`);
  const good = await world.create({ products: listOf(2), seller_source: 'scripted' }, deps);
  const said: unknown[] = [];
  const log: typeof deps.log = (_level, text, facts) => void said.push([text, facts?.['run']]);
  const engine = await world.startEngine({ ...deps, log });
  const run = await world.until(good.id, 'completed', ({ status }) => status === 'completed');
  expect(run).toMatchObject({ products_searched: 2 });
  expect(said).toContainEqual(['A run could not be looked after.', bad.id]);
  await engine.stop();
  await other.rows(`update collection_runs set phase = 'ebay', status = 'cancelled' where id = '${bad.id}'`);
});

it('works on runs of the same id in two workspaces at once, and stops the one that is meant', async () => {
  const other = await openWorld(world);
  const held = Promise.withResolvers<void>();
  let dropped = 0;
  const deps = world.withSource(
    scriptedSource(async ({ title, signal }) => {
      signal.addEventListener('abort', () => (dropped += 1));
      if (title === 'held') await Promise.race([held.promise, once(signal, 'abort')]);
      return { names: [title] };
    }),
  );
  // In capitals, as another client may write it; the database does not.
  const id = crypto.randomUUID().toUpperCase();
  const ofTitle = (title: string) => ({ id, products: [{ title }], seller_source: 'scripted' });
  expect((await world.create(ofTitle('held'), deps)).id).toBe(id.toLowerCase());
  const engine = await world.startEngine(deps, { tickMs: 60_000 });
  await waitUntil(
    'a call',
    async () => (await world.rows("select 1 from collection_items where status = 'processing'")).length > 0,
  );
  await other.create(ofTitle('quick'), deps);
  engine.wake();
  await other.until(id, 'completed', ({ status }) => status === 'completed');
  await steerRun(deps, engine, world.owner, id, { to: 'cancelled' });
  expect(dropped).toBe(1);
  held.resolve();
  await engine.stop();
});

it('keeps every one of many changes of the settings that are made at once', async () => {
  await Promise.all([
    ...['catalogue', 'ebay-browse', 'oxylabs', 'rapidapi'].map((source) =>
      inOrg(world.db, world.orgId, (tx) =>
        changeCollectionSettings(tx, world.orgId, { microusd_per_call: { [source]: 77 } }),
      ),
    ),
    inOrg(world.db, world.orgId, (tx) => changeCollectionSettings(tx, world.orgId, { budget_cap_cents: 4321 })),
  ]);
  const after = await inOrg(world.db, world.orgId, (tx) => loadCollectionSettings(tx, world.orgId));
  expect(after).toMatchObject({
    budget_cap_cents: 4321,
    microusd_per_call: { catalogue: 77, 'ebay-browse': 77, oxylabs: 77, rapidapi: 77 },
  });
});

it('makes one run of ten requests of one id at once, a long list and all', async () => {
  const deps = world.withSource(scriptedSource(({ title }) => ({ names: [title] })));
  const request = { id: crypto.randomUUID(), products: listOf(2500), seller_source: 'scripted' };
  const made = await Promise.all(Array.from({ length: 10 }, () => world.create(request, deps)));
  expect(new Set(made.map(({ id }) => id))).toEqual(new Set([request.id]));
  expect((await world.run(request.id)).status).toBe('running');
  const counts = await world.rows(`select
    (select count(*)::int from collection_items where run_id = '${request.id}') as items,
    (select count(*)::int from activity where run_id = '${request.id}' and kind = 'run.started') as starts`);
  expect(counts).toEqual([{ items: 2500, starts: 1 }]);
  // Whoever died while the list went in is replaced by whoever asks again.
  await world.rows(`update collection_runs set status = 'pending' where id = '${request.id}'`);
  await world.rows(`delete from collection_items where run_id = '${request.id}' and position > 2000`);
  expect(await world.create(request, deps)).toMatchObject({ id: request.id, status: 'running' });
  expect(
    await world.rows(`select count(*)::int as items from collection_items where run_id = '${request.id}'`),
  ).toEqual([{ items: 2500 }]);
  await world.rows(`update collection_runs set status = 'cancelled' where id = '${request.id}'`);
});

it('puts no more of a list into a run that was cancelled meanwhile, and answers nothing as started', async () => {
  const id = crypto.randomUUID();
  let transactions = 0;
  const db = new Proxy(world.db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'transaction') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return () => ({
        execute: async (work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => {
          // After the look for it, the run itself and the first part.
          if ((transactions += 1) === 4) await steerRun(world.runDeps, undefined, world.owner, id, { to: 'cancelled' });
          return target.transaction().execute(work);
        },
      });
    },
  });
  const making = world.create({ id, products: listOf(5000), seller_source: 'catalogue' }, { ...world.runDeps, db });
  await expect(making).rejects.toMatchObject({ code: 'invalid_transition', details: { status: 'cancelled' } });
  expect(await world.rows(`select count(*)::int as items from collection_items where run_id = '${id}'`)).toEqual([
    { items: 2000 },
  ]);
});

it('lists every item of a long log once, in order, whatever happens to them between the pages', async () => {
  const source = scriptedSource(({ title, page }) => ({ names: [`${title} ${page}`, 'everywhere'], has_more: true }));
  const deps = world.withSource(source);
  const settings = { parallel: 5, pages_per_product: 1 };
  const { id } = await world.create({ products: listOf(450), seller_source: 'scripted', settings }, deps);
  const ids = { orgId: world.orgId, runId: id };
  const page = (query: object) => inOrg(world.db, world.orgId, (tx) => listItems(tx, ids, listItemsQuery.parse(query)));
  async function readAll(query: object, between: (count: number) => Promise<unknown>) {
    const all: { id: string; external_id: string }[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, next_cursor } = await page({ limit: 40, ...query, ...(cursor !== undefined && { cursor }) });
      all.push(...items);
      cursor = next_cursor;
      await between(all.length);
    }
    return all.map((item) => item.external_id);
  }
  const titles = listOf(450).map(({ title }) => title);
  const products = (
    await world.rows<{ external_id: string }>(
      `select external_id from collection_items where run_id = '${id}' order by position`,
    )
  ).map((row) => row.external_id);
  expect(products).toHaveLength(titles.length);
  // Products come and change while they are read.
  const read = await readAll({ type: 'amazon_product' }, async (count) => {
    if (count > 300) return;
    await world.addProduct(id, `later ${count}`);
    await world.rows(
      `update collection_items set status = 'failed', updated_at = clock_timestamp() where run_id = '${id}' and position = ${count - 5}`,
    );
  });
  expect(read.filter((title) => !title.startsWith('later')).toSorted()).toEqual(products.toSorted());
  expect(read.filter((title) => title.startsWith('later'))).toEqual(
    [40, 80, 120, 160, 200, 240, 280].map((at) => `later ${at}`),
  );
  expect(await readAll({ status: 'failed' }, () => Promise.resolve())).toHaveLength(7);

  // And while the run goes on and finds sellers.
  await world.startEngine(deps);
  await readAll({}, () => Promise.resolve());
  await world.until(id, 'completed', ({ status }) => status === 'completed');
  const whole = await readAll({}, () => Promise.resolve());
  expect(whole).toHaveLength(457 + 450 + 1);
  expect(new Set(whole).size).toBe(whole.length);
  expect(await readAll({}, () => Promise.resolve())).toEqual(whole);
});
