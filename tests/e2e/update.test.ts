import type { Page, Worker } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { allowRestart } from '#tests/helpers/allow-restart.ts';
import { api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { type FaultProxy, startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

let server: TestServer;
let proxy: FaultProxy;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let name = '';

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 50 });
  proxy = await startFaultProxy(server.url);
  name = [...(await (await api(server)).pullAll('sellers')).values()].find((row) => !row.flagged)?.display_name ?? '';
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy.decide = () => ({ kind: 'pass' });
  browser = await startExtension();
  await allowRestart(browser.context);
  manager = await browser.openManager('#/settings');
  await connect(manager, { ...server, url: proxy.url });
});
afterEach(() => browser?.close());

/** The worker may be restarted by it, before it can answer. */
const dispatch = (worker: Worker, event: string): Promise<unknown> => worker.evaluate(event).catch(() => null);
const offerUpdate = async (): Promise<void> => {
  const worker = await browser.worker();
  await dispatch(worker, 'chrome.runtime.onUpdateAvailable.dispatch({ version: "9.9.9" })');
};
/** Of each start of the background; one that was restarted is another. */
const startOf = (worker: Worker): Promise<number> => worker.evaluate('performance.timeOrigin');

async function restarted(before: number): Promise<void> {
  await waitUntil('a new background', async () => {
    const worker = browser.context.serviceWorkers().at(-1);
    return worker !== undefined && (await startOf(worker).catch(() => before)) !== before;
  });
}
const isReady = (page: Page): Promise<boolean> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const request = indexedDB.open('sellerdex-device');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const read = request.result.transaction('values').objectStore('values').count('update_ready');
      read.onsuccess = () => { request.result.close(); resolve(read.result === 1); };
    };
  })`);

it('an update waits for the manager, and brings it back where it was, with the outbox as it was', async () => {
  proxy.decide = () => ({ kind: 'refuse' });
  await manager.goto(manager.url().replace(/#.*$/, `#/sellers?q=${encodeURIComponent(name)}`));
  const sellers = sellersGrid(manager);
  await sellers.waitForCount(1);
  await sellers
    .row(name)
    .getByRole('button', { name: `Flag ${name}`, exact: true })
    .click();
  await waitUntil('an edit in the outbox', async () => (await ownEntries(manager)).outbox.length === 1);
  const before = await ownEntries(manager);
  const start = await startOf(await browser.worker());

  await offerUpdate();
  await waitUntil('the note of the update', () => isReady(manager));
  expect(manager.isClosed()).toBe(false);
  expect(await startOf(await browser.worker())).toBe(start);

  const address = manager.url();
  const reopened = browser.context.waitForEvent('page', (page) => page.url().startsWith('chrome-extension:'));
  await sendCommand(manager, 'update.apply', {}).catch(() => null);
  const page = await reopened;
  await page.waitForURL(address);
  expect(manager.isClosed()).toBe(true);
  expect((await ownEntries(page)).outbox.map(({ id }) => id)).toEqual(before.outbox.map(({ id }) => id));
  expect(await isReady(page)).toBe(false);
  await sellersGrid(page)
    .row(name)
    .getByRole('button', { name: `Unflag ${name}`, exact: true })
    .waitFor();

  // Once: the next start of the background opens nothing.
  await browser.stopWorker();
  await sendCommand(page, 'marks.lookup', { names: [] });
  proxy.decide = () => ({ kind: 'pass' });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await waitForSynced(page);
  expect((await ownEntries(page)).outbox).toEqual([]);
  const row = [...(await (await api(server)).pullAll('sellers')).values()].find((one) => one.display_name === name);
  expect(row?.flagged).toBe(true);
  expect(browser.context.pages().filter((one) => one.url().startsWith('chrome-extension:'))).toHaveLength(1);
});

it('an update is applied at once when no page is open, and when the last one was closed', async () => {
  const start = await startOf(await browser.worker());
  await offerUpdate();
  await waitUntil('the note of the update', () => isReady(manager));
  await manager.close();
  // What the alarm does; its shortest period is half a minute.
  await dispatch(await browser.worker(), 'chrome.alarms.onAlarm.dispatch({ name: "sync" })');
  await restarted(start);

  const second = await startOf(browser.context.serviceWorkers().at(-1) ?? (await browser.worker()));
  await offerUpdate();
  await restarted(second);
  const page = await browser.openManager('#/sellers');
  await waitForSynced(page);
  expect(await isReady(page)).toBe(false);
});
