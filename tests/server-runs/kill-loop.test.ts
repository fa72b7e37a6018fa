import { describe, expect, it } from 'vitest';
import { collectionSettings, progressExtra, runAnswer } from '#lib/protocol/collection.ts';
import { isTerminal } from '#lib/domain/run.ts';
import { seededRandom } from '#server/sources/catalogue/seeded-random.ts';
import { wait } from '#server/sources/wait.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { api } from '#tests/helpers/api.ts';
import type { Api } from '#tests/helpers/api.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startWorker } from '#tests/helpers/start-worker.ts';
import type { TestWorker } from '#tests/helpers/start-worker.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const KILLS = soakRuns(6);
const PRODUCTS = 60 + 30 * KILLS;
const PARALLEL = 9;
const PAGES = 2;
/** A call's price in millionths of a dollar. */
const PRICE = 5000;
const progressAnswer = runAnswer.and(progressExtra);

/** The title's own seller on each page, and one that every page shows. */
function pageOf(url: URL): string {
  const [title, page] = [url.searchParams.get('_nkw') ?? '', url.searchParams.get('_pgn') ?? '1'];
  const names = [`${title.replace(' ', '-')}_p${page}`, 'everywhere'];
  const listings = names.map((name) => ({ seller: { name, percent: 99, count: 12 }, variant: 'two_spans' as const }));
  const next = Number(page) < PAGES ? '<a class=pagination__next href=/sch/i.html?_pgn=2>Next</a>' : '';
  return buildSearchPage(listings, { extra: next });
}

describe('a server and three workers killed by SIGKILL at random moments of a run, on Postgres', () => {
  it(`leave one terminal state, no call paid twice but those in hand, no seller twice, the cap held (${KILLS} kills)`, async () => {
    const random = seededRandom(`kills ${KILLS}`);
    let kills = 0;
    let answered = 0;
    const provider = await startOxylabs(async (url) => {
      await wait(50 + random() * 200);
      // However slow a kill is: its share of the run is left for each of them.
      while (kills < KILLS && answered >= (PRODUCTS * PAGES * (kills + 1)) / (KILLS + 2)) await wait(20);
      answered += 1;
      return { html: pageOf(url) };
    });
    const postgres = await startPostgres();
    const url = await postgres.createDatabase();
    const env = {
      OXYLABS_API_URL: provider.url,
      OXYLABS_USERNAME: credentials.username,
      OXYLABS_PASSWORD: credentials.password,
      SELLERDEX_REQUESTS_PER_MINUTE: '0',
      SELLERDEX_LEASE_MS: '4000',
    };
    const server = await startServer({ args: ['--no-worker'], env: { ...env, DATABASE_URL: url } });
    let client = await api(server);
    const workers = await Promise.all([0, 1, 2].map(() => startWorker(url, env)));
    // Exactly the estimate: what kills cost beyond it meets the cap.
    const cap = (PRODUCTS * PAGES * PRICE) / 10_000;
    await client.send('PUT', '/collection/settings', {
      budget_cap_cents: cap,
      microusd_per_call: { oxylabs: PRICE },
    });
    collectionSettings.parse(await (await client.send('GET', '/collection/settings')).json());
    const { id } = await client.post(runAnswer, '/collection/runs', {
      products: Array.from({ length: PRODUCTS }, (_, at) => ({ title: `thing ${at}` })),
      seller_source: 'oxylabs',
      settings: { parallel: PARALLEL, pages_per_product: PAGES },
    });

    for (; kills < KILLS; kills += 1) {
      await wait(random() * 700);
      client = await killOne(Math.floor(random() * 4), workers, server, () => startWorker(url, env), client);
      const state = await progressOf(client, id);
      expect(isTerminal(state.status), 'the run ended before all kills').toBe(false);
      expect(state.actual_cost_cents).toBeLessThanOrEqual(cap);
    }
    const first = await settled(client, id);
    expect(provider.asked.length * PRICE).toBeLessThanOrEqual(cap * 10_000);
    if (first.status === 'paused') {
      expect(first.pause_reason).toBe('budget');
      await client.post(runAnswer, `/collection/runs/${id}/resume`, { budget_cap_cents: cap + 100_000 });
    }
    const run = await waitUntil(
      'the end',
      async () => {
        const state = await progressOf(client, id);
        return isTerminal(state.status) && state;
      },
      120_000,
    );

    expect(run).toMatchObject({ status: 'completed', products_searched: PRODUCTS, failed_items: 0 });
    const sellers = [...(await client.pullAll('sellers')).values()];
    expect(new Set(sellers.map((seller) => seller.normalized_name)).size).toBe(sellers.length);
    expect([sellers.length, run.sellers_found, run.sellers_new]).toEqual(
      Array.from({ length: 3 }, () => PRODUCTS * PAGES + 1),
    );
    expect(sellers.every((seller) => seller.times_seen === 1)).toBe(true);
    const kinds = [...(await client.pullAll('activity')).values()].map((entry) => entry.kind);
    expect(kinds.filter((kind) => ['run.completed', 'run.failed', 'run.cancelled'].includes(kind))).toEqual([
      'run.completed',
    ]);
    const asked = new Map<string, number>();
    for (const { searchParams } of provider.asked) {
      const call = `${searchParams.get('_nkw')} ${searchParams.get('_pgn')}`;
      asked.set(call, (asked.get(call) ?? 0) + 1);
    }
    expect(asked.size).toBe(PRODUCTS * PAGES);
    // Each kill loses the calls that the killed process had in hand, and no other is made again.
    expect(provider.asked.length - asked.size).toBeLessThanOrEqual(KILLS * PARALLEL);
    // What was asked for is paid, and besides only calls that a kill kept from being made.
    const paidCalls = Math.round((run.actual_cost_cents * 10_000) / PRICE);
    expect(paidCalls).toBeGreaterThanOrEqual(provider.asked.length);
    expect(paidCalls - asked.size).toBeLessThanOrEqual(KILLS * PARALLEL);

    expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual([0, 0, 0]);
    expect(await server.stop()).toBe(0);
    await postgres.stop();
    await provider.stop();
  }, 240_000);
});

async function killOne(
  which: number,
  workers: TestWorker[],
  server: TestServer,
  start: () => Promise<TestWorker>,
  client: Api,
): Promise<Api> {
  const worker = workers[which];
  if (worker === undefined) {
    await server.kill();
    await server.restart();
    return api(server);
  }
  await worker.kill();
  workers[which] = await start();
  return client;
}

const progressOf = (client: Api, id: string) => client.get(progressAnswer, `/collection/runs/${id}/progress`);

/** The run once nothing is in work any more: ended, or paused with every search given back. */
function settled(client: Api, id: string) {
  return waitUntil(
    'the run to end or to pause',
    async () => {
      const state = await progressOf(client, id);
      const isIdle = state.searches.every((search) => search.state === 'idle');
      return (isTerminal(state.status) || (state.status === 'paused' && isIdle)) && state;
    },
    180_000,
  );
}
