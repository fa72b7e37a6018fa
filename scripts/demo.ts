import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ARRIVAL_MS } from '#lib/query/arrivals.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { api } from '#tests/helpers/api.ts';
import { startRun } from '#tests/helpers/collect.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { overlayOf } from '#tests/helpers/overlay.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { servePages } from '#tests/helpers/serve-pages.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer } from '#tests/helpers/start-server.ts';

const folder = join('.output', 'demo');
mkdirSync(folder, { recursive: true });
const categories = ['Cooktops', 'Beading & Jewelry Making'];

const server = await startServer();
const browser = await startExtension();
const client = await api(server);

const manager = await browser.openManager();
await connect(manager, server);
const startedAt = Date.now();
await startRun(manager, categories);

const popup = await browser.openPopup();
await popup.getByRole('region', { name: 'Active run' }).getByRole('progressbar', { name: 'eBay' }).waitFor();
await popup.locator('[role=progressbar][aria-label=eBay]:not([aria-valuenow="0"])').waitFor({ timeout: 60_000 });
await popup.screenshot({ path: join(folder, 'popup.png') });
await popup.close();

await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
const run = await waitForRunEnd(client);
const seconds = (Date.now() - startedAt) / 1000;
const rows = [...(await client.pullAll('sellers')).values()];
const grid = sellersGrid(manager);
await grid.waitForCount(rows.length);
await waitForSynced(manager);
const rowsInGrid = await grid.count();
await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
await manager.getByRole('grid', { name: 'Runs' }).waitFor();
await manager.screenshot({ path: join(folder, 'runs.png') });

const known = rows.slice(0, 4).map((row) => ({
  name: row.display_name,
  percent: row.feedback_percent ?? 100,
  count: row.feedback_count ?? 0,
}));
const pages = await servePages((url) =>
  url.pathname === '/sch/i.html' ? buildSearchPage(sampleListings([...known, ...sampleSellers(4)])) : null,
);
const ebay = await browser.context.newPage();
await ebay.goto(`${pages.origin}/sch/i.html?_nkw=demo`);
const overlay = await overlayOf(ebay);
const flagged = known[1]?.name ?? '';
await overlay.click(`Flag ${flagged}`);
await overlay.waitForButton(`Unflag ${flagged}`);
await ebay.screenshot({ path: join(folder, 'overlay.png') });
await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
await grid.waitForFlag(flagged, 10_000);
// New rows are highlighted for their first seconds, and then fade.
await sleep(ARRIVAL_MS + 1_000);
await manager.screenshot({ path: join(folder, 'manager.png') });

const figures = {
  run: run.status,
  categories: run.categories_completed,
  products: run.products_found,
  searched: run.products_searched,
  failed: run.failed_items,
  'sellers found': run.sellers_found,
  'new sellers': run.sellers_new,
  'rows in the grid': rowsInGrid,
  cost: `$${(run.actual_cost_cents / 100).toFixed(2)} of $${(run.budget_cap_cents / 100).toFixed(2)}`,
  seconds: seconds.toFixed(1),
};
for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(18)}${value}\n`);
process.stdout.write(`screenshots in ${folder}: popup.png manager.png runs.png overlay.png\n`);

await browser.close();
await pages.stop();
process.exit((await server.stop()) ?? 1);
