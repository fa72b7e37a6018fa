import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { advanceRun } from '#server/runs/advance-run.ts';
import { listItems, listItemsQuery } from '#server/runs/list-items.ts';
import type { World } from './run-world.ts';
import { scriptedProducts } from './scripted-products.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

const titles = (count: number) => listOf(count).map(({ title }) => title);

describe.each(['pglite', 'postgres'] as const)('failures in a row on %s', (kind) => {
  let world: World;
  useWorld(kind, 'test', (opened) => (world = opened));

  const settings = { parallel: 1, products_per_category: 50, pages_per_product: 1 };
  const sources = { product_source: 'scripted', seller_source: 'scripted' };
  const statuses = async (table: 'collection_run_categories' | 'collection_items') =>
    (
      await world.rows<{ status: string }>(
        `select status from ${table} ${table === 'collection_items' ? "where type = 'amazon_product'" : ''} order by position`,
      )
    ).map(({ status }) => status);

  it('leave what failed in the phase before, or for what it is, and take up the rest on resume', async () => {
    let broken = true;
    const source = scriptedSource(({ title }) => {
      if (title === 'thing 0') throw new TypeError('a fault of the program');
      if (broken) throw new AppError('http_error');
      return { names: [title] };
    });
    const products = scriptedProducts(({ category }) => {
      if (category.id === 'pet-dogs') throw new AppError('parse_error');
      return titles(8);
    });
    const deps = world.withSource(source, products);
    await world.startEngine(deps);
    const request = { category_ids: ['pet-cats', 'pet-dogs'], ...sources, settings };
    const { id } = await world.create(request, deps);
    const paused = await world.until(id, 'paused', ({ status }) => status === 'paused');
    expect(paused).toMatchObject({ pause_reason: 'provider_errors', phase: 'ebay', failed_items: 5 });
    broken = false;
    await world.resume(id);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ categories_completed: 2, products_searched: 7, failed_items: 1, sellers_found: 7 });
    expect(await statuses('collection_run_categories')).toEqual(['completed', 'failed']);
    const ids = { orgId: world.orgId, runId: id };
    const list = (query: object) =>
      inOrg(world.db, world.orgId, (tx) => listItems(tx, ids, listItemsQuery.parse({ type: 'category', ...query })));
    const [cats, dogs] = (await list({})).items;
    expect(cats).toMatchObject({ external_id: 'pet-cats', status: 'completed', data: { products_found: 8 } });
    expect(dogs).toMatchObject({
      type: 'category',
      external_id: 'pet-dogs',
      status: 'failed',
      data: { title: 'Dogs', products_found: 0 },
      error_code: 'parse_error',
      error_message: expect.stringContaining('could not be read'),
    });
    expect(await list({ status: 'failed' })).toEqual({ items: [dogs], next_cursor: null });
    const first = await list({ limit: 1 });
    expect(first.items).toEqual([cats]);
    expect(await list({ limit: 1, cursor: first.next_cursor })).toEqual({ items: [dogs], next_cursor: null });
    const [end] = await world.rows<{ summary: string; details: object }>(
      "select summary, details from activity where kind = 'run.completed'",
    );
    expect(end?.summary).toContain('7 of them new; 1 category could not be read; the list went');
    expect(end?.details).toMatchObject({ categories_failed: 1 });
    expect(await statuses('collection_items')).toEqual(['failed', ...Array.from({ length: 7 }, () => 'completed')]);
  });

  it('are none when another succeeds in between, however many fail', async () => {
    const source = scriptedSource(({ title }) => {
      if (title !== 'thing 4' && title !== 'thing 9') throw new AppError('http_error');
      return { names: [title] };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(14), seller_source: 'scripted', settings }, deps);
    const run = await world.until(id, 'the end', ({ status }) => status === 'completed' || status === 'paused');
    expect(run).toMatchObject({ status: 'completed', failed_items: 12, products_searched: 2 });
  });

  it('begin anew with the phase', async () => {
    const source = scriptedSource(({ title }) => {
      if (title === 'thing 0' || title === 'thing 1') throw new AppError('http_error');
      return { names: [title] };
    });
    const products = scriptedProducts(({ category }) => {
      if (category.id !== 'pet-cats') throw new AppError('http_error');
      return titles(4);
    });
    const deps = world.withSource(source, products);
    await world.startEngine(deps);
    const category_ids = ['pet-cats', 'pet-dogs', 'pet-birds', 'pet-fish'];
    const { id } = await world.create({ category_ids, ...sources, settings }, deps);
    const run = await world.until(id, 'the end', ({ status }) => status === 'completed' || status === 'paused');
    expect(run).toMatchObject({ status: 'completed', categories_completed: 4, failed_items: 2, products_searched: 2 });
  });

  it.each([
    ['nothing succeeded', ''],
    ['some succeeded', "and external_id <> 'thing 0'"],
  ])('pause the run where they are its end and %s, though nobody came to pause it', async (_, which) => {
    const deps = world.withSource(scriptedSource(({ title }) => ({ names: [title] })));
    const { id } = await world.create({ products: listOf(6), seller_source: 'scripted' }, deps);
    await world.rows(`update collection_items set status = 'completed' where run_id = '${id}'`);
    await world.rows(
      `update collection_items set status = 'failed', error_code = 'http_error' where run_id = '${id}' ${which}`,
    );
    await world.rows(`update collection_runs set failure_streak = 5 where id = '${id}'`);
    expect(await advanceRun(deps, world.orgId, id)).toBe('ended');
    expect(await world.run(id)).toMatchObject({ status: 'paused', pause_reason: 'provider_errors' });
    await world.resume(id);
    await world.startEngine(deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 6, failed_items: 0 });
  });
});
