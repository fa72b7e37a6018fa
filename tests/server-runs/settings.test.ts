import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { createOxylabs } from '#server/sources/oxylabs/create-oxylabs.ts';
import { wait } from '#server/sources/wait.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import type { OxylabsStandIn } from '#tests/helpers/oxylabs-stand-in.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

const sellers = [
  { name: 'beginner', percent: 100, count: 3 },
  { name: 'steady', percent: 99, count: 500 },
  { name: 'giant', percent: 98, count: 80_000 },
];
const next = '<a class=pagination__next href=/sch/i.html?_pgn=9>Next</a>';

/** From the request of a run to what the provider is asked and what comes into the list. */
describe('each setting of a run', () => {
  let database: RunDatabase;
  let world: World;
  let standIn: OxylabsStandIn;
  let atOnce = 0;
  let mostAtOnce = 0;
  let latency = 5;
  let engineDeps: World['runDeps'];
  beforeAll(async () => {
    database = await openRunDatabase();
    standIn = await startOxylabs(async () => {
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await wait(latency);
      atOnce -= 1;
      const listings = sellers.map((seller) => ({ seller, variant: 'two_spans' as const }));
      return { html: buildSearchPage(listings, { extra: next }) };
    });
  });
  afterAll(async () => {
    await standIn.stop();
    await database.close();
  });
  beforeEach(async () => {
    world = await openWorld(database);
    standIn.asked.length = 0;
    mostAtOnce = 0;
    latency = 5;
    engineDeps = world.withSource(createOxylabs({ url: standIn.url, ...credentials, timeoutMs: 20_000 }));
    await world.startEngine(engineDeps);
    return () => world.close();
  });

  async function runWith(settings: Partial<RunSettings>, products: readonly object[] = [{ price_cents: 2000 }]) {
    const listed = products.map((product, at) => ({ title: `thing ${at}`, currency: 'USD', ...product }));
    const request = { products: listed, seller_source: 'oxylabs', settings };
    const { id } = await world.create(request, engineDeps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    const found = await world.rows<{ name: string }>('select normalized_name as name from sellers order by name');
    return {
      run,
      asked: standIn.asked.map((url) => ({ host: url.host, ...Object.fromEntries(url.searchParams) })),
      names: found.map(({ name }) => name),
    };
  }

  it('has its default: three pages of new items, free shipping, in the US, 80 to 120 % of the price', async () => {
    const { asked, names, run } = await runWith({});
    expect(asked).toEqual(
      ['1', '2', '3'].map((page) => ({
        host: 'www.ebay.com',
        _nkw: 'thing 0',
        LH_ItemCondition: '1000',
        LH_Free: '1',
        LH_PrefLoc: '1',
        _udlo: '16.00',
        _udhi: '24.00',
        _ipg: '120',
        _pgn: page,
      })),
    );
    expect(names).toEqual(['beginner', 'giant', 'steady']);
    expect(run.settings.parallel).toBe(5);
  });

  it('marketplace: the site that is searched', async () => {
    const { asked } = await runWith({ marketplace: 'EBAY_GB', location: 'GB' }, [
      { price_cents: 2000, currency: 'GBP' },
    ]);
    expect(asked[0]).toMatchObject({ host: 'www.ebay.co.uk', LH_PrefLoc: '1', _udlo: '16.00' });
  });

  it.each([
    ['condition', { condition: 'any' }, 'LH_ItemCondition'],
    ['free shipping', { free_shipping: false }, 'LH_Free'],
    ['location', { location: null }, 'LH_PrefLoc'],
    ['price band', { price_band: null }, '_udlo'],
  ] as const)('%s: the filter can be left out', async (_, settings, parameter) => {
    const { asked } = await runWith({ ...settings, pages_per_product: 1 });
    expect(asked).toHaveLength(1);
    expect(asked[0]).not.toHaveProperty(parameter);
  });

  it.each([
    ['share', 50, 300, '10.00', '60.00'],
    ['markup', 20, 250, '24.00', '70.00'],
  ] as const)('price band as a %s of the price', async (mode, low, high, from, to) => {
    const { asked } = await runWith({ price_band: { mode, low, high }, pages_per_product: 1 });
    expect(asked[0]).toMatchObject({ _udlo: from, _udhi: to });
  });

  it.each([1, 5])('pages per product: %i', async (pages) => {
    const { asked } = await runWith({ pages_per_product: pages });
    expect(asked.map((query) => Object.entries(query).find(([name]) => name === '_pgn')?.[1])).toEqual(
      Array.from({ length: pages }, (_, at) => String(at + 1)),
    );
  });

  it.each([
    [{ min_feedback: 500 }, ['giant', 'steady']],
    [{ max_feedback: 500 }, ['beginner', 'steady']],
    [{ min_feedback: 4, max_feedback: 79_999 }, ['steady']],
    [{ exclude_sellers: ['  GIANT ', 'Steady'] }, ['beginner']],
  ])('min and max feedback, excluded sellers: %o', async (settings, expected) => {
    const { names, run } = await runWith({ ...settings, pages_per_product: 1 });
    expect([names, run.sellers_found]).toEqual([expected, expected.length]);
  });

  it.each([1, 4, 20])('parallel: %i searches at once', async (parallel) => {
    const products = Array.from({ length: parallel * 2 }, () => ({}));
    // Long enough for all of them to have begun, on a busy machine too.
    latency = 500;
    await runWith({ parallel, pages_per_product: 1 }, products);
    expect(mostAtOnce).toBe(parallel);
  });

  it.each([1, 25, 100])('products per category: %i', async (products_per_category) => {
    const settings = { products_per_category, pages_per_product: 1 };
    const { id } = await world.create({ category_ids: ['pet-cats'], settings }, engineDeps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    const distinct = new Set(
      (await world.rows<{ id: string }>('select external_id as id from collection_items')).map((row) => row.id),
    );
    expect(run.products_found).toBeLessThanOrEqual(products_per_category);
    // A best seller can stand on two places of the same list.
    expect(run.products_found).toBeGreaterThan(products_per_category * 0.8);
    expect(distinct.size).toBeGreaterThan(run.products_found);
    const [category] = await world.rows<{ products: number }>(
      'select products_found as products from collection_run_categories',
    );
    expect(category?.products).toBe(products_per_category);
  });

  it.each([
    { parallel: 0 },
    { parallel: 21 },
    { pages_per_product: 0 },
    { pages_per_product: 6 },
    { price_band: { mode: 'share', low: 120, high: 80 } },
    { marketplace: 'EBAY_XX' },
    { location: 'usa' },
    { products_per_category: 101 },
    { min_feedback: -1 },
    { conditions: 'new' },
  ])('out of its range is refused: %o', async (settings) => {
    const request = { products: [{ title: 'x' }], seller_source: 'oxylabs', settings };
    await expect(world.create(request, engineDeps)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
