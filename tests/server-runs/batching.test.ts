import { expect, it } from 'vitest';
import type { Db } from '#server/db/open-database.ts';
import type { World } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

let world: World;
useWorld('pglite', 'file', (opened) => (world = opened));

it('lets quick searches share transactions, and neither floods listeners nor the synced row', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `seller ${at}`);
  const source = scriptedSource(({ title }) => ({ names: names.map((name) => `${name} of ${title}`) }));
  let transactions = 0;
  const db = new Proxy(world.db, {
    get: (target, name) => {
      if (name === 'transaction') transactions += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  }) satisfies Db;
  const heard = new Map<string, number>();
  let rowsTold = 0;
  world.hub.subscribe(world.owner, ({ event, data }) => {
    const kind = event === 'change' && 'table' in data ? `change of ${data.table}` : event;
    heard.set(kind, (heard.get(kind) ?? 0) + 1);
    if (event === 'sellers' && 'items' in data) rowsTold += data.items.length;
  });
  const deps = world.withSource(source);
  const settings = { parallel: 20, pages_per_product: 1 };
  const { id } = await world.create({ products: listOf(200), seller_source: 'scripted', settings }, deps);
  const began = performance.now();
  await world.startEngine({ ...deps, db }, { tickMs: 1000 });
  const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
  await world.close();
  const seconds = Math.ceil((performance.now() - began) / 1000);
  expect(run).toMatchObject({ products_searched: 200, sellers_found: 12_000, sellers_new: 12_000 });
  // Ten of twenty searches each, and what ticks and the end take.
  expect(transactions).toBeLessThan(40 + 10 * seconds);
  expect(heard.get('run')).toBeLessThanOrEqual(3 + seconds);
  expect(heard.get('change of sellers')).toBeLessThanOrEqual(2 + 4 * seconds);
  expect(heard.get('activity')).toBeLessThanOrEqual(20 * (seconds + 1));
  expect(rowsTold).toBeLessThanOrEqual(120 * (seconds + 1));
  expect(rowsTold).toBeGreaterThan(0);
});
