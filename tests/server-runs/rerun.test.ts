import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { estimateRequest } from '#server/plans/estimate-request.ts';
import { rerunRun } from '#server/runs/rerun-run.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import type { World } from './run-world.ts';
import { scriptedProducts } from './scripted-products.ts';
import { scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

describe('an ended run, started once more', () => {
  let world: World;
  useWorld('pglite', 'test', (opened) => (world = opened));

  const productsOf = (id: string) =>
    world.rows(
      `select external_id, data - 'category_id' as data, status from collection_items where type = 'amazon_product' and run_id = '${id}' order by position`,
    );
  const ended = (id: string) => world.until(id, 'completed', ({ status }) => status === 'completed');

  it('has the same categories, sources and settings, and prices, cap and defaults of now do not change them', async () => {
    const settings = { products_per_category: 2, pages_per_product: 1, exclude_sellers: ['x'] };
    const first = await world.create({ category_ids: ['pet-cats', 'pet-dogs'], settings });
    await expect(rerunRun(world.runDeps, world.owner, first.id, {})).rejects.toMatchObject({
      code: 'invalid_transition',
      details: { status: 'running' },
    });
    await world.startEngine();
    await ended(first.id);
    await world.rows(`update collection_settings set budget_cap_cents = 900, default_settings = '{"parallel": 1}'`);
    const second = await rerunRun(world.runDeps, world.member, first.id, { name: 'Again' });
    expect(second).toMatchObject({
      name: 'Again',
      status: 'running',
      category_ids: first.category_ids,
      product_source: first.product_source,
      seller_source: first.seller_source,
      settings: first.settings,
      budget_cap_cents: 900,
      created_by: world.member.userId,
      checkpoint: { rerun_of: first.id },
    });
    const run = await ended(second.id);
    expect(run).toMatchObject({ products_searched: 4, sellers_new: 0, checkpoint: { rerun_of: first.id } });
    const [entry] = await world.rows(
      `select details from activity where kind = 'run.started' and run_id = '${second.id}'`,
    );
    expect(entry).toMatchObject({ details: { rerun_of: first.id } });
  });

  it('takes only the products that failed, as they were, when told to', async () => {
    let broken = true;
    const source = scriptedSource(({ title }) => {
      if (broken && title.startsWith('bad')) throw new AppError('parse_error');
      return { names: [`seller of ${title}`] };
    });
    const deps = world.withSource(source);
    const products = [
      { title: 'good', price_cents: 5 },
      { title: 'bad one', price_cents: 1234, currency: 'USD', asin: 'B000000001' },
      { title: 'good too' },
      { title: 'bad two' },
    ];
    const settings = { price_band: null, parallel: 1 };
    const first = await world.create({ products, seller_source: 'scripted', settings }, deps);
    await world.startEngine(deps);
    expect(await ended(first.id)).toMatchObject({ failed_items: 2, products_searched: 2 });
    const failed = (await productsOf(first.id)).filter((_, at) => at % 2 === 1);

    broken = false;
    source.calls = 0;
    const second = await rerunRun(deps, world.owner, first.id, { only: 'failed' });
    expect(second).toMatchObject({
      category_ids: [],
      product_source: 'list',
      seller_source: 'scripted',
      settings: first.settings,
      products_total: 2,
      checkpoint: { rerun_of: first.id },
    });
    expect(await ended(second.id)).toMatchObject({ failed_items: 0, products_searched: 2, sellers_new: 2 });
    expect(source.calls).toBe(2);
    const again = await productsOf(second.id);
    expect(again).toEqual(failed.map((product) => ({ ...(product as object), status: 'completed' })));
    await expect(rerunRun(deps, world.owner, second.id, { only: 'failed' })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { problems: [{ path: 'only' }] },
    });

    // A run over a list is repeated with its products.
    const third = await rerunRun(deps, world.owner, second.id, {});
    expect(await ended(third.id)).toMatchObject({ products_searched: 2, checkpoint: { rerun_of: second.id } });
  });

  it('takes the categories that could not be read too, and searches what else failed though they fail again', async () => {
    let unreadable = true;
    const products = scriptedProducts(({ category }) => {
      if (unreadable && category.id === 'pet-dogs') throw new AppError('parse_error');
      return [`good ${category.id}`, `bad ${category.id}`];
    });
    let broken = true;
    const source = scriptedSource(({ title }) => {
      if (broken && title.startsWith('bad')) throw new AppError('parse_error');
      return { names: [`seller of ${title}`] };
    });
    const deps = world.withSource(source, products);
    await world.startEngine(deps);
    const settings = { price_band: null, products_per_category: 2, pages_per_product: 1 };
    const sources = { product_source: 'scripted', seller_source: 'scripted' };
    const first = await world.create({ category_ids: ['pet-cats', 'pet-dogs'], ...sources, settings }, deps);
    expect(await ended(first.id)).toMatchObject({ failed_items: 1, products_searched: 1, categories_completed: 2 });

    const failed = { rerun_of: first.id, only: 'failed' as const };
    expect(await estimateRequest(deps, world.owner, failed)).toMatchObject({
      categories: [{ id: 'pet-dogs', calls: 3, products: 2 }],
      total: { calls: 4, products: 3 },
    });
    // One product failed, and its category is not among those read again.
    broken = false;
    const again = await rerunRun(deps, world.owner, first.id, { only: 'failed' });
    expect(again).toMatchObject({ category_ids: ['pet-dogs'], products_total: 3, ...sources });
    expect(await ended(again.id)).toMatchObject({ products_searched: 1, failed_items: 0, categories_completed: 1 });
    expect(await productsOf(again.id)).toMatchObject([{ external_id: 'bad pet-cats', status: 'completed' }]);

    unreadable = false;
    const last = await rerunRun(deps, world.owner, again.id, { only: 'failed' });
    expect(await ended(last.id)).toMatchObject({ category_ids: ['pet-dogs'], products_found: 2, products_searched: 2 });
    await expect(rerunRun(deps, world.owner, last.id, { only: 'failed' })).rejects.toMatchObject({
      details: { problems: [{ path: 'only', message: expect.stringContaining('no category and no product') }] },
    });
    // Whole, it has what it was given beside its categories, and not what they listed then.
    const whole = await rerunRun(deps, world.owner, again.id, {});
    expect(whole).toMatchObject({ category_ids: ['pet-dogs'], products_total: 3 });
    expect(await ended(whole.id)).toMatchObject({ products_found: 3, products_searched: 3 });
  });

  it('is bound by the limits of a new run, and seen by those alone who see the first', async () => {
    const first = await world.create({ category_ids: ['pet-cats'] });
    await expect(rerunRun(world.runDeps, world.member, first.id, {})).rejects.toMatchObject({ code: 'not_found' });
    await steerRun(world.runDeps, undefined, world.owner, first.id, { to: 'cancelled' });
    await world.rows('update collection_settings set max_concurrent_runs = 1');
    const second = await rerunRun(world.runDeps, world.member, first.id, {});
    await expect(rerunRun(world.runDeps, world.member, first.id, {})).rejects.toMatchObject({ code: 'run_limit' });
    await steerRun(world.runDeps, undefined, world.member, second.id, { to: 'cancelled' });
    await world.rows('update collection_settings set budget_cap_cents = 1');
    await expect(rerunRun(world.runDeps, world.member, first.id, {})).rejects.toMatchObject({ code: 'over_budget' });
    // Its estimate says so before, in the words of any other.
    const { category_ids, product_source, seller_source, settings } = first;
    const estimate = await estimateRequest(world.runDeps, world.member, { rerun_of: first.id });
    expect(estimate.budget).toEqual({ cap_cents: 1, warn: true, allowed: false });
    expect(estimate).toEqual(
      await estimateRequest(world.runDeps, world.member, { category_ids, product_source, seller_source, settings }),
    );
    await world.rows('update collection_settings set budget_cap_cents = 100000');
    const third = await world.create({ category_ids: ['pet-cats'] });
    await expect(estimateRequest(world.runDeps, world.owner, { rerun_of: third.id })).rejects.toMatchObject({
      code: 'invalid_transition',
    });
    await expect(estimateRequest(world.runDeps, world.member, { rerun_of: third.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
