import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 100_000;
/** Sent in many pieces; all of them are changed by `npm run soak -- long-tasks`. */
const CHOSEN = 20_000;

let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let remote: Api;
/** The rows that each test begins with and has to end with. */
let before: ReadonlyMap<string, WireSeller>;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  remote = await api(server);
  before = await remote.pullAll('sellers');
  browser = await startExtension();
  manager = await browser.openManager('#/sellers');
  await connect(manager, server);
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  await sellersGrid(manager).waitForCount(SELLERS, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('20,000 sellers flagged with one key are painted in the next frame, and Undo takes back exactly those', async () => {
  await choose(CHOSEN);
  await watchPage(manager);
  await manager.keyboard.press('f');
  await manager.getByText(/^(?:Flagged|Unflagged) [\d,]+ sellers$/).waitFor();
  await checkPainted(`flag ${CHOSEN}`);
  // While half of it is on its way.
  await manager.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await manager.getByText(/^Undone: /).waitFor();
  await waitForSent();
  await expectAsBefore();
});

it('20,000 sellers deleted with one key leave in the next frame, are pushed, and all brought back', async () => {
  const sellers = sellersGrid(manager);
  await choose(CHOSEN);
  await watchPage(manager);
  await manager.keyboard.press('Delete');
  await sellers.waitForCount(SELLERS - CHOSEN, 2_000);
  await manager.getByText(`Deleted 20,000 sellers`).waitFor();
  await checkPainted(`delete ${CHOSEN}`);
  await waitForSent();
  expect((await remote.pullAll('sellers')).size).toBe(SELLERS - CHOSEN);
  // Nothing of it comes back when the base takes over from the outbox.
  await sellers.waitForCount(SELLERS - CHOSEN, 2_000);
  await manager.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await sellers.waitForCount(SELLERS, 5_000);
  await manager.getByText('Undone: Deleted 20,000 sellers').waitFor();
  await waitForSent();
  await expectAsBefore();
});

async function expectAsBefore(): Promise<void> {
  const after: typeof before = await remote.pullAll('sellers');
  expect(after.size).toBe(before.size);
  const told = (rows: typeof before) =>
    [...rows.values()].map((row) => `${row.id} ${row.no} ${row.display_name} ${row.flagged}`);
  const known = new Set(told(before));
  expect(told(after).filter((row) => !known.has(row))).toEqual([]);
}

/** Until nothing of what was stored is left to send; the toast that says so comes after it is stored. */
async function waitForSent(): Promise<void> {
  await waitUntil('an empty outbox', async () => (await manager.evaluate(countOutbox)) === 0, 150_000);
  await waitForSynced(manager);
}

/** Counted, not read: 25 entries of 2,000 targets each would keep the page busy. */
async function countOutbox(): Promise<number> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const own = (await indexedDB.databases()).find(({ name }) => name?.startsWith('sellerdex-own-'));
  const database = await done(indexedDB.open(own?.name ?? ''));
  const count = await done(database.transaction('outbox').objectStore('outbox').count());
  database.close();
  return count;
}

/** Selects the first so many rows: a click on the first, then Shift and a click on the last of them. */
async function choose(count: number): Promise<void> {
  const sellers = sellersGrid(manager);
  await sellers.grid.evaluate((grid) => grid.scrollTo({ top: 0 }));
  await waitUntil('the first row', async () => (await sellers.drawn()).some(([index]) => index === 0));
  const rowAt = (index: number) => sellers.grid.locator(`[data-index="${index}"]`);
  await rowAt(0).getByRole('gridcell').nth(4).click();
  await sellers.grid.evaluate((grid, top) => grid.scrollTo({ top }), (count - 5) * 36);
  await rowAt(count - 1)
    .getByRole('gridcell')
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await manager.getByText(`${count.toLocaleString('en-US')} selected`).waitFor();
}

interface Watched {
  pressed: number;
  /** Frames begun between the key and the first row that showed the change; null before. */
  frames: number | null;
  painted: number | null;
  tasks: number[];
}

/** Notes the key, the first row that shows the change, the frame with it, and every task over 50 ms. */
async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched;
    Object.assign(watched, { frames: null, painted: null, tasks: [] });
    new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
      { entryTypes: ['longtask'] },
    );
    const grid = document.querySelector('[role=grid]');
    const shown = () =>
      [...(grid?.querySelectorAll('[role=row][data-index]') ?? [])]
        .map((row) => `${row.querySelector('[aria-pressed]')?.ariaPressed} ${row.classList.contains('line-through')}`)
        .join();
    const first = shown();
    let begun = 0;
    const countFrame = () => {
      begun++;
      if (watched.frames === null) requestAnimationFrame(countFrame);
    };
    document.addEventListener(
      'keydown',
      (event) => {
        watched.pressed = event.timeStamp;
        requestAnimationFrame(countFrame);
      },
      { capture: true, once: true },
    );
    const observer = new MutationObserver(() => {
      if (shown() === first) return;
      observer.disconnect();
      watched.frames = begun;
      // The second frame begins when the first one has been handed to the compositor.
      requestAnimationFrame(() => requestAnimationFrame(() => (watched.painted = performance.now() - watched.pressed)));
    });
    if (grid !== null) observer.observe(grid, { subtree: true, attributes: true });
  });
}

/** A frame takes as long as the machine lets it; that none goes by without the change does not depend on it. */
async function checkPainted(what: string): Promise<void> {
  const { pressed, frames, painted, tasks, now } = await manager.evaluate(() => ({
    ...(({ pressed, frames, painted, tasks }) => ({ pressed, frames, painted, tasks }))(
      globalThis as unknown as Watched,
    ),
    now: performance.now(),
  }));
  process.stdout.write(
    `${what} of ${SELLERS}: painted ${painted?.toFixed(0)} ms after the key, said to be stored by ${(now - pressed).toFixed(0)} ms, longest task ${Math.max(0, ...tasks).toFixed(0)} ms\n`,
  );
  expect(frames).toBe(0);
}
