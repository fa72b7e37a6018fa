import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProductList } from '#lib/domain/product-list.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer } from '#tests/helpers/start-server.ts';

// Third-party material: beside the project where it is, never in it.
const shared = join(process.cwd(), '../shared');
const list = join(shared, 'data/amazon-bestsellers-electronics-2026-03.csv');
const present = existsSync(list) && existsSync(join(shared, 'fixtures/html'));
const pages = ['srp-scard-com-2026-03-earbuds.html', 'srp-scard-com-2026-07-pokemon.noscript.html'];
const blockPage = 'blocked-com-2026-07-pardon-interruption.html';
const BLOCKED = 4;
/** As a person counts them: 40 and 49, `expected.json` beside them; nobody on the block page. */
const COUNTED = 89;

interface Expected {
  sellers: { username: string; percent: number; count: number }[];
}

describe.skipIf(!present)(`thirty real products${present ? '' : ' (skipped: ../shared is absent)'}`, () => {
  it('given as a file in the dialog, fill the grid with the sellers of the captured pages', async () => {
    const csv = readFileSync(list, 'utf8');
    const titles = parseProductList(csv).products.map((product) => product.title);
    const html = (file: string) => readFileSync(join(shared, 'fixtures/html', file), 'utf8');
    const oxylabs = await startOxylabs((url) => {
      const at = titles.indexOf(url.searchParams.get('_nkw') ?? '');
      if (at % 7 === 3) return { html: html(blockPage) };
      // One captured page a search; what eBay shows behind it was not captured.
      return {
        html: url.searchParams.get('_pgn') === '1' ? html(pages[at % pages.length] ?? '') : buildSearchPage([]),
      };
    });
    const server = await startServer({
      env: {
        OXYLABS_API_URL: oxylabs.url,
        OXYLABS_USERNAME: credentials.username,
        OXYLABS_PASSWORD: credentials.password,
      },
    });
    const browser = await startExtension();
    const manager = await browser.openManager();
    await connect(manager, server);

    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await manager.getByRole('button', { name: 'Collect sellers' }).first().click();
    const dialog = manager.getByRole('dialog', { name: 'Collect sellers' });
    await dialog.getByRole('tab', { name: 'My list' }).click();
    await dialog.getByLabel('Product list file').setInputFiles(list);
    await dialog.getByText('30 products').first().waitFor();
    await dialog.getByRole('combobox', { name: 'Sellers from' }).click();
    await manager.getByRole('option', { name: /Oxylabs/ }).click();
    await dialog.getByRole('button', { name: 'Start' }).click();
    await dialog.waitFor({ state: 'hidden' });

    const remote = await api(server);
    const run = await waitForRunEnd(remote);
    expect(run).toMatchObject({
      status: 'completed',
      products_searched: 30 - BLOCKED,
      failed_items: BLOCKED,
      sellers_found: COUNTED,
    });
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
    const sellers = sellersGrid(manager);
    await sellers.waitForCount(COUNTED);
    await waitForSynced(manager);

    const expected = JSON.parse(readFileSync(join(shared, 'fixtures/expected.json'), 'utf8')) as Record<
      string,
      Expected
    >;
    await manager.setViewportSize({ width: 1280, height: 4_000 });
    const counted = new Map(
      pages.flatMap((file) => expected[file]?.sellers ?? []).map((seller) => [seller.username, seller] as const),
    );
    expect(counted.size).toBe(COUNTED);
    await expect
      .poll(async () => (await sellers.drawn()).map(([, name]) => name).sort())
      .toEqual([...counted.keys()].sort());
    for (const { username, percent, count } of counted.values()) {
      const cells = (await sellers.row(username).getByRole('gridcell').allTextContents()).map((text) => text.trim());
      expect(cells, username).toContain(percent.toFixed(1));
      expect(cells, username).toContain(count.toLocaleString('en-US'));
    }
    // The prices are in XOF, the search is in dollars: no price range, and the run says so.
    expect(oxylabs.asked.some((url) => url.searchParams.has('_udlo'))).toBe(false);
    const said = [...(await remote.pullAll('activity')).values()].map((entry) => entry.summary);
    expect(said.some((summary) => summary.includes('XOF'))).toBe(true);
    await browser.close();
    await server.stop();
    await oxylabs.stop();
  });
});
