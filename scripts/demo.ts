import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { api } from '#tests/helpers/api.ts';
import { startRun } from '#tests/helpers/collect.ts';
import { waitForSynced } from '#tests/helpers/connect.ts';
import { overlayOf } from '#tests/helpers/overlay.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { servePages } from '#tests/helpers/serve-pages.ts';
import { buildExtension } from './build-extension.ts';
import { connectExtension } from './connect-extension.ts';
import { launchExtension } from './launch-extension.ts';
import { spawnServer } from './spawn-server.ts';

const OUT = '.output/demo';
const CATEGORIES = ['Cooktops', 'Beading & Jewelry Making'];
const account = { email: 'demo@example.com', password: 'a demo of one whole run' };
const say = (text: string) => process.stdout.write(`${text}\n`);

mkdirSync(OUT, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'sellerdex-demo-'));
const server = await spawnServer({
  data: join(folder, 'server'),
  env: { DATABASE_URL: '', SELLERDEX_OWNER_EMAIL: account.email, SELLERDEX_OWNER_PASSWORD: account.password },
});
let html = '';
const ebay = await servePages((url) => (url.pathname === '/sch/i.html' ? html : null));
const browser = await launchExtension({
  profileDir: join(folder, 'browser'),
  extension: await buildExtension({ browser: 'chrome', ebayOrigins: 'http://127.0.0.1/*' }),
});
try {
  await showRun();
} finally {
  await browser.close();
  await ebay.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function showRun(): Promise<void> {
  const manager = await browser.openManager();
  await connectExtension(manager, { url: server.url, ...account });
  say(`Connected to ${server.url}. Collecting: ${CATEGORIES.join(', ')} …`);
  await startRun(manager, CATEGORIES);
  const popup = await browser.openPopup();
  await popup.getByRole('region', { name: 'Active run' }).waitFor();
  await popup.locator('[role=progressbar][aria-label=eBay]:not([aria-valuenow="0"])').waitFor({ timeout: 60_000 });
  await inBothThemes(popup, 'popup');

  const remote = await api({ url: server.url, ...account });
  const run = await waitForRunEnd(remote);
  const rows = [...(await remote.pullAll('sellers')).values()];
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await manager.getByRole('grid', { name: 'Runs' }).waitFor();
  await inBothThemes(manager, 'runs');

  const known = rows
    .slice(0, 12)
    .map((row) => ({ name: row.display_name, percent: row.feedback_percent ?? 100, count: row.feedback_count ?? 0 }));
  html = buildSearchPage(sampleListings([...known, ...sampleSellers(8)]), { title: 'wireless thing for sale | eBay' });
  const page = await browser.context.newPage();
  await page.goto(`${ebay.origin}/sch/i.html?_nkw=wireless`);
  const overlay = await overlayOf(page);
  const flagged = known[0]?.name ?? '';
  await overlay.click(`Flag ${flagged}`);
  await overlay.waitForButton(`Unflag ${flagged}`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${OUT}/overlay.png` });

  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  await sellersGrid(manager).waitForCount(rows.length);
  await waitForSynced(manager);
  await inBothThemes(manager, 'manager');

  const seconds = (Date.parse(run.completed_at ?? '') - Date.parse(run.started_at ?? '')) / 1000;
  say(`Run “${run.name}”: ${run.status} in ${seconds.toFixed(1)} s`);
  say(`  products found     ${run.products_found}`);
  say(`  products searched  ${run.products_searched} (${run.failed_items} failed)`);
  say(`  sellers found      ${run.sellers_found}, new ${run.sellers_new}`);
  say(
    `  cost               $${(run.actual_cost_cents / 100).toFixed(2)} of $${(run.budget_cap_cents / 100).toFixed(2)}`,
  );
  say(`  sellers in the grid ${await sellersGrid(manager).count()}; flagged on the eBay page: ${flagged}`);
  say(`Screenshots are in ${OUT}.`);
}

async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${OUT}/${name}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
