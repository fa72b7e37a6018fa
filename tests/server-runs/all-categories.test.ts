import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departments } from '#server/sources/categories.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { RunDatabase } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

const category_ids = departments.flatMap((department) => department.categories.map(({ id }) => id));

describe.each(['pglite', 'postgres'] as const)('a run over every category of the catalogue on %s', (engine) => {
  let postgres: TestPostgres | undefined;
  let database: RunDatabase;
  beforeAll(async () => {
    if (engine === 'postgres') postgres = await startPostgres();
    database = await openRunDatabase(await postgres?.createDatabase());
  });
  afterAll(async () => {
    await database.close();
    await postgres?.stop();
  });

  it('completes unattended, and every sum agrees', async () => {
    const world = await openWorld(database);
    await world.rows('update collection_settings set budget_cap_cents = 1000000');
    await world.rows(`insert into sellers (org_id, id, no, version, created_at, updated_at, platform, display_name,
      normalized_name, flagged, source, times_seen)
      values ('${world.orgId}', gen_random_uuid(), 1, 1, now(), now(), 'ebay', 'mine', 'mine', false, 'manual', 1)`);
    await world.rows(`update counters set value = greatest(value, 1) where name in ('sellers', 'version')`);
    const faulty = world.withEnvironment({ SELLERDEX_CATALOGUE_SPEED: '0', SELLERDEX_CATALOGUE_FAULTS: '1' });
    await world.startEngine(faulty);
    const settings = { products_per_category: engine === 'postgres' ? 10 : 3, pages_per_product: 2, parallel: 20 };
    const { id } = await world.create({ category_ids, settings }, faulty);
    const run = await world.until(id, 'the end', ({ status }) => status === 'completed', 200_000);
    const count = async (query: string) =>
      Number((await world.rows<{ value: number }>(`select (${query}) as value`))[0]?.value);
    const items = (which: string) => count(`select count(*) from collection_items where run_id = '${id}' and ${which}`);

    expect(run).toMatchObject({ categories_total: 75, categories_completed: 75, departments_completed: 15 });
    // Every product has exactly one outcome.
    const product = "type = 'amazon_product' and status";
    expect(await items(`${product} = 'completed'`)).toBe(run.products_searched);
    expect(await items(`${product} = 'failed'`)).toBe(run.failed_items);
    expect(run.products_searched + run.failed_items).toBe(run.total_items);
    expect(await items(`${product} in ('pending', 'processing')`)).toBe(0);
    // The cost is the sum of the items' and categories'.
    const costs = ['collection_items', 'collection_run_categories'].map(
      (table) => `(select sum(cost_microusd) from ${table} where run_id = '${id}')`,
    );
    expect(run.actual_cost_microusd).toBe(await count(`select ${costs.join(' + ')}`));
    expect(run.actual_cost_cents).toBe(Math.ceil(run.actual_cost_microusd / 10_000));
    expect(run.reserved_cost_microusd).toBe(0);
    // New and known sellers are those found, and the list has grown by the new ones.
    expect(await items("type = 'ebay_seller' and is_new")).toBe(run.sellers_new);
    expect(await items("type = 'ebay_seller' and is_new = false")).toBe(run.sellers_found - run.sellers_new);
    expect(run.sellers_found).toBe(await items("type = 'ebay_seller'"));
    expect([run.seller_count_before, run.seller_count_after]).toEqual([1, 1 + run.sellers_new]);
    expect(await count('select count(*) from sellers where deleted_at is null')).toBe(1 + run.sellers_new);
    expect(await count('select count(distinct normalized_name) from sellers')).toBe(1 + run.sellers_new);
    await world.close();
  }, 240_000);
});
