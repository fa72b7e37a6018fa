import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { extensionMemoryMb } from '#tests/helpers/extension-memory.ts';
import { seedServer } from '#tests/helpers/seed-server.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { connectExtension } from '#scripts/connect-extension.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 100_000;
/** Private memory of the extension's processes above the empty manager; a list of objects takes several times this. */
const MEMORY_MB = 250;

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = async (remote: Api) => [...(await remote.pullAll('sellers')).values()];

describe(`${SELLERS} sellers`, () => {
  let server: TestServer;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let manager: Page;
  let rows: Row[];
  let emptyMb: number | null;

  beforeAll(async () => {
    server = await startServer({ args: ['--no-worker'] });
    await server.stop();
    seedServer(server.dataDir, SELLERS);
    await server.restart();
    rows = await rowsOf(await api(server));
    browser = await startExtension();
    manager = await browser.openManager('#/sellers');
    emptyMb = extensionMemoryMb(join(browser.profileDir, 'profile'));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('arrive whole and in order, row by row as on the server', async () => {
    await connectExtension(manager, server);
    const from = Date.now();
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
    const sellers = sellersGrid(manager);
    await sellers.waitForCount(SELLERS, 60_000);
    process.stdout.write(`first sync of ${SELLERS}: complete grid ${Date.now() - from} ms after connecting\n`);
    expect(rows).toHaveLength(SELLERS);
    const expected = rows.toSorted((a, b) => b.no - a.no).map((row) => row.display_name);
    await manager.setViewportSize({ width: 1280, height: 8_000 });
    const shown = await readWholeGrid(manager);
    await manager.setViewportSize({ width: 1280, height: 800 });
    expect(shown).toEqual(expected);
  });

  it('end at the last row, by one key', async () => {
    const sellers = sellersGrid(manager);
    await sellers.grid.getByRole('row').nth(3).focus();
    await manager.keyboard.press('Control+End');
    await manager.keyboard.press('End');
    const last = rows.reduce((lowest, row) => (row.no < lowest.no ? row : lowest));
    await waitUntil('the last row', async () =>
      (await sellers.drawn()).some(([index, name]) => index === SELLERS - 1 && name === last.display_name),
    );
    await manager.keyboard.press('Home');
    await waitUntil('the first row', async () => (await sellers.drawn()).some(([index]) => index === 0));
  });

  it('are found as one types', async () => {
    const sellers = sellersGrid(manager);
    for (const text of ['a', 'zz', 'shop', rows[4_242]?.display_name ?? '']) {
      const found = rows.filter((row) => row.normalized_name.includes(text.toLowerCase()));
      await sellers.search(text);
      await sellers.waitForCount(found.length, 5_000);
      const names = new Set(found.map((row) => row.display_name));
      await waitUntil('only matching rows', async () => {
        const drawn = await sellers.drawn();
        return drawn.length >= Math.min(found.length, 10) && drawn.every(([, name]) => names.has(name));
      });
    }
    await sellers.search('');
    await sellers.waitForCount(SELLERS);
  });

  it('sort by a number and by name as the server’s rows do', async () => {
    const sellers = sellersGrid(manager);
    const byName = (a: Row, b: Row) =>
      a.normalized_name < b.normalized_name ? -1 : a.normalized_name > b.normalized_name ? 1 : a.no - b.no;
    const header = (name: RegExp) => sellers.grid.getByRole('columnheader', { name });
    const firstIs = (row: Row | undefined) =>
      waitUntil(`${row?.display_name} on top`, async () =>
        (await sellers.drawn()).some(([index, name]) => index === 0 && name === row?.display_name),
      );

    await sortBy(header(/^Name|^Seller/), 'ascending');
    await firstIs(rows.toSorted(byName)[0]);
    await sortBy(header(/^(Times )?seen/i), 'descending');
    await firstIs(rows.toSorted((a, b) => b.times_seen - a.times_seen || byName(a, b))[0]);
  });

  it('keep the memory of pages and worker bounded', () => {
    const now = extensionMemoryMb(join(browser.profileDir, 'profile'));
    if (now === null || emptyMb === null) {
      process.stdout.write('SKIPPED: memory is read from /proc, which this system has not.\n');
      return;
    }
    process.stdout.write(
      `memory: ${emptyMb.toFixed(0)} MB empty, ${now.toFixed(0)} MB with ${SELLERS} sellers after all of this\n`,
    );
    expect(now - emptyMb).toBeLessThan(MEMORY_MB);
  });
});

async function sortBy(header: ReturnType<Page['getByRole']>, order: 'ascending' | 'descending'): Promise<void> {
  for (let click = 0; click < 3; click++) {
    if ((await header.getAttribute('aria-sort')) === order) return;
    await header.click();
  }
  expect(await header.getAttribute('aria-sort')).toBe(order);
}

/** Every row's name in order, read screen by screen as a person would scroll. */
async function readWholeGrid(manager: Page): Promise<string[]> {
  const names: string[] = [];
  const { grid, drawn } = sellersGrid(manager);
  while (names.length < SELLERS) {
    const before = names.length;
    const screen = await waitUntil(
      `row ${before}`,
      async () => {
        const rows = await drawn();
        return rows.some(([index]) => index === before) ? rows : null;
      },
      10_000,
    );
    for (const [index, name] of screen.sort(([a], [b]) => a - b)) if (index === names.length) names.push(name);
    await grid.evaluate(
      (element, share) => element.scrollTo({ top: share * (element.scrollHeight - element.clientHeight) }),
      names.length / SELLERS,
    );
  }
  return names;
}
