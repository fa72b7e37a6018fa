import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import { tables } from '#lib/tables/index.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { clientRows } from '#tests/helpers/client-rows.ts';
import { extensionMemoryMb } from '#tests/helpers/extension-memory.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { connectExtension } from '#scripts/connect-extension.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 100_000;
/** Private memory of the extension's processes above the empty manager; a list of objects takes several times this. */
const MEMORY_MB = 250;

/** Steps of the scroll bar that are looked at. */
const PLACES = 40;

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = async (remote: Api) => [...(await remote.pullAll('sellers')).values()];

describe(`${SELLERS} sellers`, () => {
  let server: TestServer;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let manager: Page;
  let rows: Row[];
  let emptyMb: number | null;

  beforeAll(async () => {
    server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
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
    const stored = await clientRows(manager, 'sellers');
    expect(stored.size).toBe(SELLERS);
    for (const row of rows) {
      const ours = stored.get(row.no);
      if (ours === undefined || !isDeepStrictEqual(rowToWire(tables.sellers, ours as Seller), row)) {
        expect(ours && rowToWire(tables.sellers, ours as Seller)).toEqual(row);
      }
    }
  });

  it('are drawn in the server’s order wherever one scrolls to', async () => {
    const expected = rows.toSorted((a, b) => b.no - a.no).map((row) => row.display_name);
    const sellers = sellersGrid(manager);
    for (let place = 0; place <= PLACES; place++) {
      await sellers.grid.evaluate(
        (grid, share) => grid.scrollTo({ top: share * (grid.scrollHeight - grid.clientHeight) }),
        place / PLACES,
      );
      const at = Math.round((place / PLACES) * (SELLERS - 1));
      const drawn = await waitUntil(`row ${at}`, async () => {
        const drawn = await sellers.drawn();
        return drawn.some(([index]) => Math.abs(index - at) < 30) && drawn.length >= 15 ? drawn : null;
      });
      expect(drawn).toEqual(drawn.map(([index]) => [index, expected[index]]));
    }
  });

  it('end at the last row, by one key', async () => {
    const sellers = sellersGrid(manager);
    await sellers.grid.getByRole('row').nth(3).getByRole('gridcell').nth(4).click();
    await manager.keyboard.press('End');
    const last = rows.reduce((lowest, row) => (row.no < lowest.no ? row : lowest));
    await waitUntil('the last row', async () =>
      (await sellers.drawn()).some(([index, name]) => index === SELLERS - 1 && name === last.display_name),
    );
    await manager.keyboard.press('Home');
    await waitUntil('the first row', async () => (await sellers.drawn()).some(([index]) => index === 0));
  });

  it('are chosen by keys while the answer to where the row is comes late', async () => {
    const sellers = sellersGrid(manager);
    const first = sellers.grid.locator('[data-index="0"]').getByRole('gridcell').nth(4);
    await first.click();
    await manager.evaluate(holdPositions);
    // Another list, and this one again: where the row in use is now is asked of the worker, which does not answer.
    await sellers.search('shop');
    await waitUntil('fewer rows', async () => (await sellers.count()) < SELLERS);
    await sellers.search('');
    await sellers.waitForCount(SELLERS);
    await first.click();
    await press(20, 'Shift+ArrowDown');
    await manager.getByText('21 selected').waitFor();
    await manager.evaluate(() => (globalThis as unknown as Held).heldPositions.release());
    await press(10, 'Shift+ArrowDown');
    await manager.getByText('31 selected').waitFor({ timeout: 5_000 });
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

  async function press(times: number, key: string): Promise<void> {
    for (let time = 0; time < times; time++) await manager.keyboard.press(key);
  }

  it('keep the memory of pages and worker bounded', async ({ skip }) => {
    const memory = (): number | null => extensionMemoryMb(join(browser.profileDir, 'profile'));
    const empty = emptyMb;
    if (memory() === null || empty === null) return skip('memory is read from /proc, which this system has not');
    const above = (): number => (memory() ?? Infinity) - empty;
    process.stdout.write(
      `memory: ${empty.toFixed(0)} MB empty, ${above().toFixed(0)} MB more with ${SELLERS} sellers\n`,
    );
    // What was read here past the program's own readers is garbage that the browser collects in its own time.
    await waitUntil(`less than ${MEMORY_MB} MB`, () => Promise.resolve(above() < MEMORY_MB), 30_000);
  });
});

async function sortBy(header: ReturnType<Page['getByRole']>, order: 'ascending' | 'descending'): Promise<void> {
  for (let click = 0; click < 3; click++) {
    const before = await header.getAttribute('aria-sort');
    if (before === order) return;
    await header.click();
    await waitUntil('another order', async () => (await header.getAttribute('aria-sort')) !== before);
  }
  expect(await header.getAttribute('aria-sort')).toBe(order);
}

interface Held {
  heldPositions: { release(): Promise<void> };
}

/** In the page: keeps questions for the place of a row from the query worker until they are released and answered. */
function holdPositions(): void {
  const post = Worker.prototype.postMessage;
  const held: { worker: Worker; message: { call: number } }[] = [];
  Worker.prototype.postMessage = function (this: Worker, message: { name?: string; call: number }) {
    if (message.name === 'positions') held.push({ worker: this, message });
    else post.call(this, message);
  };
  const answered = ({ worker, message }: (typeof held)[number]): Promise<void> =>
    new Promise((resolve) => {
      worker.addEventListener('message', ({ data }: MessageEvent<{ call?: number }>) => {
        if (data.call === message.call) requestAnimationFrame(() => resolve());
      });
      post.call(worker, message);
    });
  (globalThis as unknown as Held).heldPositions = {
    async release() {
      Worker.prototype.postMessage = post;
      await Promise.all(held.map(answered));
    },
  };
}
