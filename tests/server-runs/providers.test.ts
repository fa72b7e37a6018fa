import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunDeps } from '#server/runs/run-deps.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { wait } from '#server/sources/wait.ts';
import { buildItemSummary } from '#tests/fixtures/ebay-api/build-item-summary.ts';
import { sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import type { EbayApiStandIn } from '#tests/helpers/ebay-api-stand-in.ts';
import { ebayKeys, startEbayApi } from '#tests/helpers/ebay-api-stand-in.ts';
import type { OxylabsStandIn } from '#tests/helpers/oxylabs-stand-in.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { rapidApiKey, startRapidApi } from '#tests/helpers/rapidapi-stand-in.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const asin = (at: number) => `B0${String(at).padStart(8, '0')}`;
const sellers = sampleSellers(40);

describe('runs over real providers’ clients', () => {
  let database: RunDatabase;
  let world: World;
  let ebay: EbayApiStandIn;
  let oxylabs: OxylabsStandIn;
  let rapidApi: Awaited<ReturnType<typeof startRapidApi>>;
  let now = Date.parse('2026-11-21T20:00:00Z');
  beforeAll(async () => {
    database = await openRunDatabase();
    world = await openWorld(database);
    // Each product is sold by two sellers; eBay ignores a filter each time.
    ebay = await startEbayApi({
      search: (url) => {
        const at = Number(/\d+$/.exec(url.searchParams.get('q') ?? '')?.[0] ?? 0);
        const found = sellers.slice(at, at + 2).map((seller, index) => buildItemSummary(seller, at + index, 'CN'));
        return { total: found.length, itemSummaries: found, warnings: [{ errorId: 12_002, message: 'Ignored.' }] };
      },
    });
    oxylabs = await startOxylabs(
      () => ({ http: 400 }),
      () => ({
        parsed: {
          results: [1, 2, 3, 4, 5, 6].map((at) => ({
            pos: at,
            asin: asin(at),
            title: `Thing ${at}`,
            price: 9.99,
            currency: 'USD',
          })),
          parse_status_code: 12_000,
        },
      }),
    );
    rapidApi = await startRapidApi(() => ({
      best_sellers: [7, 8].map((rank) => ({
        rank,
        asin: asin(rank),
        product_title: `Thing ${rank}`,
        product_price: '$5',
      })),
    }));
  });
  afterAll(async () => {
    await world.close();
    await Promise.all([ebay.stop(), oxylabs.stop(), rapidApi.stop()]);
    await database.close();
  });

  const depsWith = (env: Record<string, string>): RunDeps =>
    createRunDeps(
      { ...database, clock: () => now },
      {
        EBAY_API_URL: ebay.url,
        EBAY_CLIENT_ID: ebayKeys.clientId,
        EBAY_CLIENT_SECRET: ebayKeys.clientSecret,
        OXYLABS_API_URL: oxylabs.url,
        OXYLABS_USERNAME: credentials.username,
        OXYLABS_PASSWORD: credentials.password,
        RAPIDAPI_URL: rapidApi.url,
        RAPIDAPI_KEY: rapidApiKey,
        ...env,
      },
    );
  const settings = { pages_per_product: 1, products_per_category: 6, parallel: 2 };

  it('pause when eBay’s day has no calls left, say until when, and go on the next day without losing a product', async () => {
    const deps = depsWith({ EBAY_CALLS_PER_DAY: '4' });
    // Another process shares the key, and so its calls.
    const twin = depsWith({ EBAY_CALLS_PER_DAY: '4' });
    const engines = [await world.startEngine(deps), await world.startEngine(twin)];
    const request = { category_ids: ['pet-cats'], product_source: 'oxylabs', seller_source: 'ebay-browse', settings };
    const { id } = await world.create(request, deps);
    const paused = await world.until(id, 'paused', ({ status }) => status === 'paused');
    expect(paused).toMatchObject({
      pause_reason: 'quota',
      checkpoint: { quota_resets_at: '2026-11-22T08:00:00.000Z' },
      failed_items: 0,
    });
    await waitUntil('the calls in flight are there', () => ebay.searches.length === 4);
    const [said] = await world.rows<{ summary: string; details: unknown }>(
      `select summary, details from activity where kind = 'run.paused'`,
    );
    expect(said?.summary).toMatch(
      /the provider’s quota is used up and is renewed at 2026-11-22 08:00 UTC\. It goes on by itself then$/,
    );
    expect(said?.details).toEqual({ reason: 'quota', quota_resets_at: '2026-11-22T08:00:00.000Z' });

    // Too early it only pauses again.
    await steerRun(deps, undefined, world.owner, id, { to: 'running' });
    await world.until(id, 'paused again', ({ status }) => status === 'paused');
    expect(ebay.searches).toHaveLength(4);

    const resumed = () =>
      world.rows<{ actor_name: string; summary: string }>(
        `select actor_name, summary from activity where kind = 'run.resumed' order by no`,
      );
    await wait(300);
    expect(await resumed()).toHaveLength(1);
    now += DAY_MS;
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 6, failed_items: 0, sellers_found: 7, pause_reason: null });
    // Two processes saw that the time had come, and one of them resumed it.
    expect((await resumed()).slice(1)).toEqual([
      { actor_name: 'Sellerdex', summary: `Resumed run “${run.name}”: the provider’s quota is renewed` },
    ]);
    expect(run.checkpoint).not.toHaveProperty('quota_resets_at');
    expect(ebay.searches).toHaveLength(6);

    const items = await world.rows<{ data: Record<string, unknown>; type: string }>(
      `select type, data from collection_items where run_id = '${id}' order by type, position`,
    );
    const products = items.filter(({ type }) => type === 'amazon_product').map(({ data }) => data);
    expect(products.map(({ title, rank }) => [title, rank])).toEqual(
      [1, 2, 3, 4, 5, 6].map((rank) => [`Thing ${rank}`, rank]),
    );
    const found = items.filter(({ type }) => type === 'ebay_seller');
    expect(new Set(found.map(({ data }) => data['country']))).toEqual(new Set(['CN']));
    // Six searches, two processes, three starts: one entry.
    const warned = await world.rows<{ summary: string }>(
      `select summary from activity where kind = 'run.provider_warning'`,
    );
    expect(warned).toEqual([{ summary: 'eBay warns: Ignored. (12002)' }]);
    await Promise.all(engines.map((engine) => engine.stop()));
  });

  it('take products from RapidAPI, and cost what was set', async () => {
    const deps = depsWith({});
    await world.startEngine(deps);
    const request = { category_ids: ['pet-dogs'], product_source: 'rapidapi', seller_source: 'ebay-browse', settings };
    const { id } = await world.create(request, deps);
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_found: 2, products_searched: 2, actual_cost_microusd: 4000 });
    expect(rapidApi.queries).toEqual([
      { category: 'pet-supplies/2975312011', type: 'BEST_SELLERS', page: '1', country: 'US' },
    ]);
  });
});
