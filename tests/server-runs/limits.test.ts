import { describe, expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { estimateRequest } from '#server/plans/estimate-request.ts';
import type { EstimateRequest } from '#lib/protocol/collection.ts';
import { changeCollectionSettings } from '#server/runs/collection-settings.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import type { World } from './run-world.ts';
import { useWorld } from './use-world.ts';

const keys = {
  OXYLABS_USERNAME: 'u',
  OXYLABS_PASSWORD: 'p',
  RAPIDAPI_KEY: 'k',
  EBAY_CLIENT_ID: 'i',
  EBAY_CLIENT_SECRET: 's',
};

describe('budget and limits of runs', () => {
  let world: World;
  useWorld('pglite', 'test', (opened) => (world = opened));

  const change = (settings: Parameters<typeof changeCollectionSettings>[2]) =>
    inOrg(world.db, world.orgId, (tx) => changeCollectionSettings(tx, world.orgId, settings));
  const twoCategories = {
    category_ids: ['pet-cats', 'pet-dogs'],
    settings: { products_per_category: 10, pages_per_product: 2 },
  };

  it('estimates in millionths and shows cents rounded up, for each category and in total', async () => {
    await change({ microusd_per_call: { catalogue: 1001 } });
    // A category is one page of best sellers and ten products of two pages.
    expect(await estimateRequest(world.runDeps, world.owner, twoCategories)).toEqual({
      categories: ['pet-cats', 'pet-dogs'].map((id) => ({ id, calls: 21, products: 10, cost_cents: 3 })),
      total: { calls: 42, products: 20, cost_cents: 5 },
      budget: { cap_cents: 2500, warn: false, allowed: true },
      unsupported: [],
    });
  });

  it('reckons with one price for Oxylabs’ best sellers and another for eBay’s pages, which follows the first until it is set', async () => {
    const deps = world.withEnvironment(keys);
    const settings = { products_per_category: 10, pages_per_product: 2 };
    const request = { ...oxylabs, settings };
    const cost = async () => (await estimateRequest(deps, world.owner, request)).total.cost_cents;
    // One page of best sellers, twenty of eBay.
    await change({ microusd_per_call: { oxylabs: 10_000 } });
    expect(await cost()).toBe(21);
    await change({ microusd_per_call: { oxylabs: 20_000 } });
    expect(await cost()).toBe(42);
    await change({ microusd_per_call: { 'oxylabs-ebay': 5000 } });
    expect(await cost()).toBe(12);
    await change({ microusd_per_call: { oxylabs: 10_000 } });
    expect(await cost()).toBe(11);
    const { id } = await world.create(request, deps);
    expect((await world.run(id)).checkpoint?.['microusd_per_call']).toEqual({ product: 10_000, seller: 5000 });
  });

  it.each([
    [53, { warn: false, allowed: true }],
    [52, { warn: true, allowed: true }],
    [42, { warn: true, allowed: true }],
    [41, { warn: true, allowed: false }],
  ])('warns from four fifths of the cap on and refuses what is above it: 42 cents of %i', async (cap, expected) => {
    await change({ budget_cap_cents: cap });
    const { budget } = await estimateRequest(world.runDeps, world.owner, twoCategories);
    expect(budget).toEqual({ cap_cents: cap, ...expected });
    const made = world.create(twoCategories);
    if (expected.allowed) expect((await made).budget_cap_cents).toBe(cap);
    else await expect(made).rejects.toMatchObject({ code: 'over_budget' });
  });

  const unsupportedOf = async (request: EstimateRequest) =>
    (await estimateRequest(world.withEnvironment(keys), world.owner, request)).unsupported;
  const oxylabs = { product_source: 'oxylabs', seller_source: 'oxylabs', category_ids: ['pet-cats'] };

  it.each<[string, EstimateRequest, [string, string][]]>([
    ['what all can do', { ...oxylabs, settings: { location: null, condition: 'any' } }, []],
    [
      'a country that search pages cannot be narrowed to',
      { ...oxylabs, settings: { location: 'CN' } },
      [['location', 'Search pages of ebay.com can be narrowed to items in US only, not in CN']],
    ],
    ['that country in the Browse API', { ...oxylabs, seller_source: 'ebay-browse', settings: { location: 'CN' } }, []],
    [
      'a marketplace whose prices are in another currency',
      { ...oxylabs, product_source: 'rapidapi', settings: { marketplace: 'EBAY_DE', location: 'DE' } },
      [['price_band', 'Best sellers are priced in USD and ebay.de in EUR: they are searched without a price range.']],
    ],
    [
      'the same without a range',
      { ...oxylabs, settings: { marketplace: 'EBAY_DE', location: 'DE', price_band: null } },
      [],
    ],
    [
      'products of many prices',
      {
        products: [{ title: 'a', price_cents: 5 }, { title: 'b', price_cents: 5, currency: 'EUR' }, { title: 'c' }],
        seller_source: 'ebay-browse',
      },
      [
        ['price_band', '1 of 3 products are priced in EUR and are searched without a price range.'],
        ['price_band', '1 of 3 products have no price and are searched without a price range.'],
      ],
    ],
    [
      'what the catalogue does not play',
      {
        category_ids: ['pet-cats'],
        settings: { marketplace: 'EBAY_GB', location: 'GB', price_band: { mode: 'share', low: 10, high: 20 } },
      },
      [
        ['marketplace', 'one made-up marketplace'],
        ['location', 'in the US'],
        ['price_band', 'no prices to choose by'],
        ['price_band', 'priced in USD and ebay.co.uk in GBP'],
      ],
    ],
    [
      'a wider range in the catalogue',
      { category_ids: ['pet-cats'], settings: { price_band: { mode: 'share', low: 0, high: 900 } } },
      [],
    ],
  ])('says in the estimate which settings the sources cannot do: %s', async (_, request, expected) => {
    const said = await unsupportedOf(request);
    expect(said).toEqual(
      expected.map(([setting, message]) => ({ setting, message: expect.stringContaining(message) })),
    );
  });

  it('says so once in the history of the run, too', async () => {
    const settings = { marketplace: 'EBAY_DE', products_per_category: 1, pages_per_product: 1 };
    const { id } = await world.create({ category_ids: ['pet-cats'], settings });
    await world.startEngine();
    await world.until(id, 'completed', ({ status }) => status === 'completed');
    const entries = await world.rows<{ summary: string; details: object }>(
      `select summary, details from activity where kind = 'run.unsupported' and run_id = '${id}'`,
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.summary).toContain('made-up marketplace');
    const unsupported = await unsupportedOf({ category_ids: ['pet-cats'], settings });
    expect(entries[0]?.details).toEqual({ unsupported });
    expect(unsupported.map(({ setting }) => setting)).toEqual(['marketplace', 'price_band']);
  });

  it('keeps the cap and the prices that a run began with', async () => {
    const { id } = await world.create(twoCategories);
    await change({ budget_cap_cents: 1, microusd_per_call: { catalogue: 900_000 } });
    await world.startEngine();
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run.budget_cap_cents).toBe(2500);
    expect(run.actual_cost_microusd).toBeLessThanOrEqual(42 * 10_000);
    expect(run.actual_cost_microusd % 10_000).toBe(0);
  });

  it('allows so many runs at once, paused ones included, also to people who ask at the same time', async () => {
    await change({ max_concurrent_runs: 2 });
    const asked = await Promise.allSettled(
      [world.owner, world.member, world.owner].map((who) => world.create(twoCategories, world.runDeps, who)),
    );
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const refused = asked.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
    // The number alone: whose runs they are is nobody else's business.
    expect(refused).toMatchObject([{ code: 'run_limit', details: { limit: 2 } }]);
    const ids = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.id] : []));
    const [first = ''] = ids;
    const steer = (to: 'paused' | 'cancelled') => steerRun(world.runDeps, undefined, world.owner, first, { to });
    await steer('paused');
    await expect(world.create(twoCategories)).rejects.toMatchObject({ code: 'run_limit' });
    await steer('cancelled');
    expect((await world.create(twoCategories)).status).toBe('running');
  });
});
