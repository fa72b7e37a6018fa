import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 20_000;
const CHOSEN = 100;
const NEW = 30;

let server: TestServer;
let proxy: FaultProxy;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  proxy = await startFaultProxy(server.url);
  browser = await startExtension();
  manager = await browser.openManager('#/sellers');
  await connect(manager, { ...server, url: proxy.url });
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  await sellersGrid(manager).waitForCount(SELLERS);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

it('a refused cursor rebuilds the local data under a list that stays as it is', async () => {
  const sellers = sellersGrid(manager);
  const rowAt = (index: number) => sellers.grid.locator(`[data-index="${index}"]`);
  await sellers.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight / 2 }));
  const first = await waitUntil('the middle', async () => {
    const drawn = await sellers.drawn();
    const middle = drawn.find(([index]) => index >= SELLERS / 2)?.[0] ?? null;
    return drawn.length > 15 ? middle : null;
  });
  await rowAt(first).getByRole('gridcell').nth(4).click();
  for (let step = 1; step < CHOSEN; step++) await manager.keyboard.press('Shift+ArrowDown');
  const selected = (count: number) => manager.getByText(`${count} selected`).waitFor();
  await selected(CHOSEN);
  await waitUntil('every row drawn', () =>
    sellers.grid.evaluate(
      (grid) => grid.querySelectorAll('[data-index]').length >= Math.floor(grid.clientHeight / 36) - 1,
    ),
  );
  const before = await look(manager);
  // One of them is deleted meanwhile.
  const gone = before.rows.find(([index]) => index === first + CHOSEN - 3)?.[1] ?? '';

  await recordList(manager);
  const remote = await api(server);
  const [row] = [...(await remote.pullAll('sellers')).values()].filter(({ display_name }) => display_name === gone);
  let answered = 0;
  proxy.decide = ({ path }) => {
    if (!path.startsWith('/sync/sellers') || !path.includes('cursor=') || answered > 0) return { kind: 'pass' };
    answered += 1;
    return { kind: 'answer', status: 410, body: { error: { code: 'cursor_expired', message: 'Start again.' } } };
  };
  await remote.push([{ table: 'sellers', op: 'delete', record_ids: [row?.id ?? ''], data: {} }]);
  // At the top of the list, so that every row moves on.
  const created = Array.from({ length: NEW }, (_, at) => ({ id: randomUUID(), data: { display_name: `new ${at}` } }));
  await remote.push([{ table: 'sellers', op: 'create', record_ids: [], data: {}, rows: created }]);
  await manager.getByRole('button', { name: 'Sync now' }).click();
  await waitUntil('a refused cursor', () => answered === 1);
  await sellers.waitForCount(SELLERS + NEW - 1);
  await waitForSynced(manager);

  await selected(CHOSEN - 1);
  const after = await look(manager);
  expect(after.top).toBe(before.top + NEW * 36);
  // How many rows are drawn beyond the edge depends on how the list got there; those in view are the same.
  const nameAt = ({ rows }: typeof after, index: number) => rows.find(([at]) => at === index)?.[1];
  const above = first + CHOSEN - 5;
  expect(nameAt(before, above)).toBeDefined();
  expect(nameAt(after, above + NEW)).toBe(nameAt(before, above));
  expect(after.rows.map(([, name]) => name)).not.toContain(gone);
  // Nothing flashed: no draw of the list was without rows, had grey ones, another count, or rows marked as new.
  const { counts, emptiest, grey, fresh } = await manager.evaluate(() => (globalThis as unknown as Recorded).recorded);
  expect(counts.filter((count) => count !== SELLERS && count !== SELLERS + NEW - 1)).toEqual([]);
  expect(emptiest).toBeGreaterThan(15);
  expect(grey).toBe(0);
  expect(fresh).toBe(0);

  const newAbove = manager.getByRole('button', { name: `${NEW} new above` });
  await newAbove.click();
  await waitUntil('the newest row', async () => (await sellers.drawn()).some(([index]) => index === 0));
  expect((await look(manager)).rows[0]?.[1]).toMatch(/^new \d+$/);
  await newAbove.waitFor({ state: 'detached' });
  await waitUntil('the focus on the first row', () =>
    manager.evaluate(() => document.activeElement?.closest('[data-index]')?.getAttribute('data-index') === '0'),
  );
  await selected(CHOSEN - 1);
});

/** What a person sees of the list. */
async function look(page: Page) {
  const drawn = await sellersGrid(page).drawn();
  const top = await sellersGrid(page).grid.evaluate((grid) => grid.scrollTop);
  return { top, rows: drawn.toSorted(([a], [b]) => a - b) };
}

interface Recorded {
  recorded: { counts: number[]; emptiest: number; grey: number; fresh: number };
}

/** Notes at every change of the list what it shows. */
async function recordList(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const recorded = { counts: [] as number[], emptiest: Number.POSITIVE_INFINITY, grey: 0, fresh: 0 };
    (globalThis as unknown as Recorded).recorded = recorded;
    if (grid === null) return;
    new MutationObserver(() => {
      const rows = [...grid.querySelectorAll('[role=row][data-index]')];
      const count = Number(grid.getAttribute('aria-rowcount')) - 1;
      if (recorded.counts.at(-1) !== count) recorded.counts.push(count);
      recorded.emptiest = Math.min(recorded.emptiest, rows.length);
      const shown = rows.filter((row) => row.ariaBusy !== 'true');
      // Rows that are being read are not drawn; a row is 36 pixels high, and so is the header.
      recorded.grey += Math.max(0, Math.floor(grid.clientHeight / 36) - 1 - shown.length);
      recorded.fresh += rows.filter((row) => row.className.includes('bg-fresh')).length;
    }).observe(grid, { subtree: true, childList: true, attributes: true });
  });
}
