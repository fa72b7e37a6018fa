import { afterAll, beforeAll, expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { changeCollectionSettings, loadCollectionSettings } from '#server/runs/collection-settings.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';

let postgres: TestPostgres;
let database: RunDatabase;
let world: World;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openRunDatabase(await postgres.createDatabase());
  world = await openWorld(database);
});
afterAll(async () => {
  await world.close();
  await database.close();
  await postgres.stop();
});

it('works on the runs of others when one cannot be read, and says so', async () => {
  const other = await openWorld(database);
  const deps = world.withSource(scriptedSource(({ title }) => ({ names: [title] })));
  const bad = await other.create({ products: listOf(1), seller_source: 'scripted' }, deps);
  await other.rows(`update collection_runs set phase = 'nowhere' where id = '${bad.id}'`);
  const good = await world.create({ products: listOf(2), seller_source: 'scripted' }, deps);
  const said: unknown[] = [];
  const log: typeof deps.log = (_level, text, facts) => void said.push([text, facts?.['run']]);
  await world.startEngine({ ...deps, log });
  const run = await world.until(good.id, 'completed', ({ status }) => status === 'completed');
  expect(run).toMatchObject({ products_searched: 2 });
  expect(said).toContainEqual(['A run could not be looked after.', bad.id]);
  await other.rows(`update collection_runs set phase = 'ebay', status = 'cancelled' where id = '${bad.id}'`);
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
