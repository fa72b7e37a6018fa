import { describe, expect, it } from 'vitest';
import type { RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { listCategories } from '#server/runs/list-categories.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { wait } from '#server/sources/wait.ts';
import type { World } from './run-world.ts';
import { scriptedProducts } from './scripted-products.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

describe.each(['pglite', 'postgres'] as const)('the run engine on %s', (engineName) => {
  let world: World;
  useWorld(engineName, 'test', (opened) => (world = opened));

  const steer = (id: string, to: 'paused' | 'running' | 'cancelled', budgetCapCents?: number) =>
    steerRun(world.runDeps, undefined, world.owner, id, { to, budgetCapCents });
  const seen = () =>
    world.rows<{ normalized_name: string; times_seen: number; no: number; version: number }>(
      'select normalized_name, times_seen, no, version from sellers where deleted_at is null order by no',
    );

  it('completes a run over two categories with figures that agree', async () => {
    await world.startEngine();
    const { id } = await world.create({ category_ids: ['pet-cats', 'pet-dogs'] });
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    const [counts] = await world.rows<Record<string, number>>(
      `select (select count(*)::int from sellers) as sellers, (select max(no)::int from sellers) as last_no,
        (select count(distinct normalized_name)::int from sellers) as names,
        (select count(*)::int from collection_items where type = 'ebay_seller' and is_new) as new_items,
        (select sum(cost_cents)::int from collection_items) + (select sum(cost_cents)::int from collection_run_categories) as cents`,
    );
    expect(run).toMatchObject({
      phase: 'ebay',
      departments_completed: 1,
      categories_completed: 2,
      products_searched: run.products_found,
      products_total: run.products_found,
      processed_items: run.total_items,
      failed_items: 0,
      reserved_cost_microusd: 0,
      seller_count_before: 0,
      seller_count_after: run.sellers_new,
    });
    expect(run.sellers_new).toBe(run.sellers_found);
    expect(run.products_found).toBeGreaterThan(36);
    expect(counts).toEqual({
      sellers: run.sellers_new,
      last_no: run.sellers_new,
      names: run.sellers_new,
      new_items: run.sellers_new,
      cents: run.actual_cost_cents,
    });
    expect(run.actual_cost_cents).toBeLessThanOrEqual(run.estimated_cost_cents);
  });

  it('fails a search whose results cannot be written down, and goes on with the others', async () => {
    const source = scriptedSource(({ title }) => ({ names: [title.replace(' ', '_')] }));
    const tooLarge = {
      ...source,
      search: async (query: Parameters<typeof source.search>[0]) => {
        const { sellers, has_more } = await source.search(query);
        const feedback_count = query.title === 'thing 2' ? 99_999_999_999 : 5;
        return { sellers: sellers.map((seller) => ({ ...seller, feedback_count })), has_more };
      },
    };
    const deps = world.withSource(tooLarge);
    await world.startEngine(deps, { backoffMs: 1 });
    const { id } = await world.create({ products: listOf(6), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ failed_items: 1, products_searched: 5, sellers_found: 5 });
    const failed = await world.rows<{ error_code: string }>(
      "select error_code from collection_items where status = 'failed'",
    );
    expect(failed).toEqual([{ error_code: 'internal' }]);
  });

  it('counts a seller once a run, adds only new ones, and gives every change a number of its own', async () => {
    const source = scriptedSource(({ title, page }) => ({
      names: page === 1 ? ['Common', `Only-${title}`, 'common '] : ['COMMON', 'second page'],
      has_more: page === 1,
    }));
    const deps = world.withSource(source);
    await world.startEngine(deps);
    for (const expected of [1, 2]) {
      const { id } = await world.create({ products: listOf(4), seller_source: 'scripted' }, deps);
      const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
      expect(run).toMatchObject({ sellers_found: 6, sellers_new: expected === 1 ? 6 : 0, products_searched: 4 });
      const rows = await seen();
      expect(rows.map((row) => [row.normalized_name, row.times_seen]).toSorted()).toEqual(
        ['common', 'only-thing 0', 'only-thing 1', 'only-thing 2', 'only-thing 3', 'second page'].map((name) => [
          name,
          expected,
        ]),
      );
      expect(rows.map((row) => row.no)).toEqual([1, 2, 3, 4, 5, 6]);
    }
    const [numbers] = await world.rows<{ all: number; distinct: number; last: number }>(
      `select count(*)::int as all, count(distinct version)::int as distinct, max(version) <= (select value from counters where name = 'version') as last
       from (select version from sellers union all select version from activity union all select version from collection_runs) as versions`,
    );
    expect(numbers).toEqual({ all: numbers?.distinct, distinct: numbers?.distinct, last: true });
  });

  it('brings back a deleted seller as a new row, and one deleted for good never', async () => {
    await world.rows(`insert into sellers (org_id, id, no, version, created_at, updated_at, deleted_at, platform, display_name,
      normalized_name, flagged, source, times_seen, never_again)
      select '${world.orgId}', gen_random_uuid(), no, no, now(), now(), now(), 'ebay', name, name, false, 'manual', 1, never
      from (values (1, 'gone', false), (2, 'banned', true)) as deleted (no, name, never)`);
    await world.rows(`update counters set value = greatest(value, 2) where name in ('sellers', 'version')`);
    const deps = world.withSource(scriptedSource(() => ({ names: ['gone', 'banned'] })));
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(2), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ sellers_found: 2, sellers_new: 1, checkpoint: { sellers_skipped: 1 } });
    expect((await seen()).map((row) => [row.normalized_name, row.no])).toEqual([['gone', 3]]);
    const log = await world.rows("select status, error_code from collection_items where external_id = 'banned'");
    expect(log).toEqual([{ status: 'skipped', error_code: 'never_again' }]);
  });

  it('leaves out sellers that the settings exclude', async () => {
    const deps = world.withSource(scriptedSource(() => ({ names: ['wanted', 'Excluded'] })));
    await world.startEngine(deps);
    const settings = { exclude_sellers: [' EXCLUDED'] };
    const { id } = await world.create({ products: listOf(1), seller_source: 'scripted', settings }, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect([run.sellers_found, (await seen()).map((row) => row.normalized_name)]).toEqual([1, ['wanted']]);
    const small = { min_feedback: 5000 };
    const next = await world.create({ products: listOf(1), seller_source: 'scripted', settings: small }, deps);
    expect(await world.until(next.id, 'completed', ({ status }) => status === 'completed')).toMatchObject({
      sellers_found: 0,
    });
  });

  it('repeats a failing search, then fails that one and completes the others', async () => {
    const source = scriptedSource(({ title, attempt }) => {
      if (title === 'thing 1') throw new AppError('blocked');
      if (title === 'thing 2' && attempt < 3) throw new AppError('http_error');
      return { names: [title] };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(4), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 3, failed_items: 1, processed_items: 4, sellers_found: 3 });
    expect(source.calls).toBe(4 + 4 + 1 + 1);
    const failed = await world.rows(
      "select external_id, error_code, cost_microusd from collection_items where status = 'failed'",
    );
    expect(failed).toMatchObject([{ error_code: 'blocked' }]);
  });

  it('waits as long as a provider asks, says so, and does not count it as a failure', async () => {
    let first = true;
    const source = scriptedSource(() => {
      if (first) {
        first = false;
        throw new AppError('rate_limited', { details: { retry_after_ms: 400 } });
      }
      return { names: ['a'] };
    });
    const deps = world.withSource(source);
    const texts: string[] = [];
    world.hub.subscribe(world.owner, (message) => {
      if (message.event === 'activity') texts.push(message.data.text);
    });
    await world.startEngine(deps);
    const started = Date.now();
    const { id } = await world.create({ products: listOf(1), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(Date.now() - started).toBeGreaterThanOrEqual(400);
    expect([run.failed_items, source.calls]).toEqual([0, 2]);
    expect(texts.some((text) => text.includes('Waiting 1 s'))).toBe(true);
  });

  it('pauses when five searches in a row failed, and takes them up again on resume', async () => {
    let broken = true;
    const source = scriptedSource(({ title }) => {
      if (broken) throw new AppError('http_error');
      return { names: [title] };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(20), seller_source: 'scripted' }, deps);
    const paused = await world.until(id, 'paused', ({ status }) => status === 'paused');
    expect(paused.pause_reason).toBe('provider_errors');
    broken = false;
    await steer(id, 'running');
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 20, failed_items: 0, sellers_found: 20, pause_reason: null });
  });

  it.each(['auth', 'quota'] as const)('pauses at once when the provider answers %s', async (code) => {
    const source = scriptedSource(() => {
      throw new AppError(code);
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(30), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'paused', ({ status }) => status === 'paused');
    expect([run.pause_reason, run.failed_items, run.actual_cost_microusd]).toEqual([code, 0, 0]);
    expect(source.calls).toBeLessThanOrEqual(5);
  });

  it('is failed when nothing succeeded and no resume would mend that', async () => {
    const deps = world.withSource(
      scriptedSource(() => {
        throw new TypeError('a fault of the program');
      }),
    );
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(3), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'failed', ({ status }) => status === 'failed');
    expect([run.failed_items, run.completed_at === null]).toEqual([3, false]);
  });

  it.each<[string, RunRequest, string]>([
    ['search', { products: listOf(3), seller_source: 'scripted' }, 'ebay'],
    ['category', { category_ids: ['pet-cats'], product_source: 'scripted', seller_source: 'scripted' }, 'amazon'],
  ])('pauses when the provider failed every %s, however few, and a resume completes it', async (_, request, phase) => {
    let broken = true;
    const answer = (titles: string[]) => {
      if (broken) throw new AppError('timeout');
      return titles;
    };
    const deps = world.withSource(
      scriptedSource(({ title }) => ({ names: answer([title]) })),
      scriptedProducts(() => answer(['a', 'b', 'c'])),
    );
    await world.startEngine(deps);
    const { id } = await world.create(request, deps);
    const paused = await world.until(id, 'the pause', ({ status }) => status === 'paused' || status === 'failed');
    expect(paused).toMatchObject({ status: 'paused', pause_reason: 'provider_errors', phase });
    broken = false;
    await steer(id, 'running');
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 3, failed_items: 0, sellers_found: 3 });
  });

  it('completes when every search failed in the end but some had found sellers before', async () => {
    const source = scriptedSource(({ title, page }) => {
      if (page > 1) throw new TypeError('a fault of the program');
      return { names: [title], has_more: true };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(2), seller_source: 'scripted' }, deps);
    const run = await world.until(id, 'the end', ({ completed_at }) => completed_at !== null);
    expect(run).toMatchObject({ status: 'completed', failed_items: 2, sellers_found: 2 });
  });

  it('pauses, keeps what was in flight, resumes and completes', async () => {
    const source = scriptedSource(async ({ title, signal }) => {
      await wait(30, signal);
      return { names: [title, 'everywhere'] };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(30), seller_source: 'scripted' }, deps);
    await world.until(id, 'some', ({ products_searched }) => products_searched > 0);
    const paused = await steer(id, 'paused');
    expect(paused).toMatchObject({ status: 'paused', pause_reason: 'user' });
    await expect(steer(id, 'paused')).rejects.toMatchObject({
      code: 'invalid_transition',
      details: { status: 'paused' },
    });
    const idle = async () =>
      (await world.rows("select 1 from collection_items where status = 'processing'")).length === 0;
    await expect.poll(idle).toBe(true);
    const calls = source.calls;
    await wait(200);
    expect(source.calls).toBe(calls);
    await steer(id, 'running');
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 30, sellers_found: 31, sellers_new: 31 });
    // Nothing was searched twice: a call in flight at the pause was kept.
    expect(source.calls).toBe(30);
    expect((await seen()).every((row) => row.times_seen === 1)).toBe(true);
  });

  it('goes on at once when resumed while a call of before the pause is still under way', async () => {
    const slow = Promise.withResolvers<void>();
    const source = scriptedSource(async ({ title }) => {
      if (title === 'thing 0') await slow.promise;
      return { names: [title] };
    });
    const deps = world.withSource(source);
    // Nothing is found by looking now and then.
    const engine = await world.startEngine(deps, { tickMs: 60_000, leaseMs: 120_000 });
    const settings = { parallel: 1, pages_per_product: 1 };
    const { id } = await world.create({ products: listOf(1), seller_source: 'scripted', settings }, deps);
    engine.wake();
    await world.until(id, 'the call', () => source.calls === 1);
    await steerRun(deps, engine, world.owner, id, { to: 'paused' });
    await world.rows(`update collection_runs set settings = jsonb_set(settings, '{parallel}', '2') where id = '${id}'`);
    await world.addProduct(id, 'late');
    await steerRun(deps, engine, world.owner, id, { to: 'running' });
    await world.until(id, 'the other search', () => source.calls === 2);
    slow.resolve();
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect([run.sellers_found, source.calls]).toEqual([2, 2]);
  });

  it('cancels promptly and changes nothing afterwards', async () => {
    const source = scriptedSource(async ({ title, signal }) => {
      await wait(title === 'thing 0' ? 10 : 60_000, signal);
      return { names: [title] };
    });
    const deps = world.withSource(source);
    await world.startEngine(deps);
    const { id } = await world.create({ products: listOf(10), seller_source: 'scripted' }, deps);
    await world.until(id, 'one', ({ products_searched }) => products_searched === 1);
    const cancelled = await steer(id, 'cancelled');
    expect(cancelled.status).toBe('cancelled');
    const after = await world.run(id);
    // In flight were four or five calls; they count as paid and are not repeated.
    expect(after.reserved_cost_microusd).toBe(0);
    await wait(300);
    expect(await world.run(id)).toEqual(after);
    await expect(steer(id, 'running')).rejects.toMatchObject({ code: 'invalid_transition' });
  });

  it('renumbers a run and its entries when it ends, after everything before it', async () => {
    await world.startEngine();
    const { id } = await world.create({ category_ids: ['pet-fish'], settings: { products_per_category: 3 } });
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    const entries = await world.rows<{ kind: string; version: number }>(
      'select kind, version from activity order by no',
    );
    expect(entries.map((entry) => entry.kind)).toEqual(['run.started', 'run.completed']);
    const [last] = await world.rows<{ version: number }>('select max(version) as version from sellers');
    for (const entry of entries) expect(entry.version).toBeGreaterThan(Number(last?.version));
    expect(run.version).toBeGreaterThan(Math.max(...entries.map((entry) => entry.version)));
  });

  it('says when prices are in another currency than the marketplace', async () => {
    const deps = world.withSource(scriptedSource(() => ({ names: ['a'] })));
    await world.startEngine(deps);
    const products = [
      { title: 'x', price_cents: 676_500, currency: 'XOF' },
      { title: 'y', price_cents: 100 },
    ];
    const { id } = await world.create({ products, seller_source: 'scripted' }, deps);
    await world.until(id, 'completed', ({ status }) => status === 'completed');
    const entries = await world.rows<{ summary: string }>(
      "select summary from activity where kind = 'run.unsupported'",
    );
    expect(entries).toEqual([{ summary: '1 of 2 products are priced in XOF and are searched without a price range.' }]);
  });

  it('knows of each category what its latest ended run found in it', async () => {
    let dogs: string[] = ['a', 'b'];
    const products = scriptedProducts(({ category }) => (category.id === 'pet-dogs' ? dogs : ['c']));
    const deps = world.withSource(
      scriptedSource(() => ({ names: ['x'] })),
      products,
    );
    await world.startEngine(deps);
    const counts = async () => {
      const answer = await inOrg(world.db, world.orgId, (tx) => listCategories(tx, world.orgId));
      const all = answer.departments.flatMap(({ categories }) => categories);
      return ['pet-dogs', 'pet-cats', 'pet-fish'].map((id) => all.find((one) => one.id === id)?.last_product_count);
    };
    const sources = { product_source: 'scripted', seller_source: 'scripted' };
    for (const [found, expected] of [
      [
        ['a', 'b'],
        [2, 1, null],
      ],
      [[], [0, 1, null]],
    ] as const) {
      dogs = [...found];
      const { id } = await world.create({ category_ids: ['pet-dogs', 'pet-cats'], ...sources }, deps);
      await world.until(id, 'completed', ({ status }) => status === 'completed');
      expect(await counts()).toEqual(expected);
    }
  });

  it('never works on more searches at once than the run allows, with several processes', async () => {
    const source = scriptedSource(async ({ title, signal }) => {
      await wait(20, signal);
      return { names: [title] };
    });
    const deps = world.withSource(source);
    await Promise.all([world.startEngine(deps), world.startEngine(deps)]);
    const { id } = await world.create(
      { products: listOf(30), seller_source: 'scripted', settings: { parallel: 3 } },
      deps,
    );
    await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(source.calls).toBe(30);
    expect(source.mostAtOnce).toBeLessThanOrEqual(3);
  });

  it('fails a run that a dead process left half made', async () => {
    const { id } = await world.create({ category_ids: ['pet-cats'] });
    const young = await world.create({ category_ids: ['pet-dogs'] });
    await world.rows("update collection_runs set status = 'pending'");
    await world.rows(`update collection_runs set created_at = now() - interval '2 minutes' where id = '${id}'`);
    await world.startEngine();
    const run = await world.until(id, 'failed', ({ status }) => status === 'failed');
    expect(run).toMatchObject({ sellers_found: 0, actual_cost_cents: 0 });
    expect((await world.run(young.id)).status).toBe('pending');
  });

  it('refuses what is over budget, over the limit or unknown, and makes nothing', async () => {
    await inOrg(world.db, world.orgId, (tx) =>
      tx.updateTable('collection_settings').set({ budget_cap_cents: 100, max_concurrent_runs: 1 }).execute(),
    );
    const two = { category_ids: ['pet-cats', 'pet-dogs'] };
    await expect(world.create(two)).rejects.toMatchObject({
      code: 'over_budget',
      details: { estimated_cents: 124, cap_cents: 100 },
    });
    await expect(world.create({ category_ids: ['no-such'] })).rejects.toMatchObject({ code: 'unknown_ids' });
    await expect(world.create({ category_ids: ['pet-cats'], seller_source: 'x' })).rejects.toMatchObject({
      code: 'unknown_ids',
    });
    await expect(world.create({ category_ids: ['pet-cats'], seller_source: 'oxylabs' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(world.create({})).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(world.create({ category_ids: ['pet-cats'], settings: { paralel: 1 } })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { problems: [{ path: 'settings.paralel' }] },
    });
    expect(await world.rows('select 1 from collection_runs')).toEqual([]);
    await world.create({ category_ids: ['pet-cats'] });
    await expect(world.create({ category_ids: ['pet-dogs'] })).rejects.toMatchObject({
      code: 'run_limit',
      details: { limit: 1 },
    });
  });
});
