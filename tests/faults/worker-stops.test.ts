import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { api } from '#tests/helpers/api.ts';
import { startRun } from '#tests/helpers/collect.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { overlayOf } from '#tests/helpers/overlay.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { servePages } from '#tests/helpers/serve-pages.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';

const STOPS = 20;
let server: TestServer;

beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.stop());

const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = Array.from({ length: soakRuns(1) }, (_, at) => first + at);

it.each(seeds)(
  `the whole path ends alike with the service worker stopped at ${STOPS} random moments (SEED=%i)`,
  async (seed) => {
    const random = seededRandom(seed);
    const remote = await api(server);
    let html = '';
    const pages = await servePages((url) => (url.pathname === '/sch/i.html' ? html : null));
    const browser = await startExtension();
    const manager = await browser.openManager();
    await connect(manager, server);

    let stops = 0;
    const stopping = (async () => {
      while (stops < STOPS) {
        await sleep(100 + random() * 1_400);
        await browser.stopWorker();
        stops += 1;
      }
    })();

    await startRun(manager, ['Cooktops', 'Beading & Jewelry Making']);
    const run = await waitForRunEnd(remote);
    expect(run.status).toBe('completed');
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
    const sellers = sellersGrid(manager);
    const names = [...(await remote.pullAll('sellers')).values()].map((row) => row.display_name);
    const [listed = '', onPage = ''] = names;

    await sellers.search(listed);
    await sellers
      .row(listed)
      .getByRole('button', { name: `Flag ${listed}`, exact: true })
      .click();
    html = buildSearchPage(
      [onPage, 'brand_new.seller'].map((name) => ({ seller: { name, percent: 99, count: 10 }, variant: 'badge' })),
    );
    const ebay = await browser.context.newPage();
    await ebay.goto(`${pages.origin}/sch/i.html?_nkw=x`);
    const overlay = await overlayOf(ebay);
    await overlay.click(`Flag ${onPage}`);
    await overlay.waitForButton(`Unflag ${onPage}`, 20_000);
    await overlay.click('Add brand_new.seller');
    await stopping;

    await sellers.search('');
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await waitForSynced(manager);
    const rows = [...(await remote.pullAll('sellers')).values()];
    const flagged = rows.filter((row) => row.flagged).map((row) => row.display_name);
    expect(flagged.sort()).toEqual([listed, onPage].sort());
    expect(rows.filter((row) => row.display_name === 'brand_new.seller')).toHaveLength(1);
    expect(new Set(rows.map((row) => row.normalized_name)).size).toBe(rows.length);
    expect(rows.length).toBe(run.sellers_new + 1);
    expect(rows.every((row) => row.times_seen === 1)).toBe(true);
    await sellers.waitForCount(rows.length);
    const edits = [...(await remote.pullAll('activity')).values()].filter(
      (row) => row.table_name === 'sellers' && row.run_id === null,
    );
    expect(edits).toHaveLength(3);
    await browser.close();
    await pages.stop();
  },
);
