import type { Worker } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { expectClientIsServer } from '#tests/helpers/client-is-server.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { drain } from '#tests/helpers/drain.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = Array.from({ length: soakRuns(1) }, (_, at) => first + at);

let server: TestServer;
let proxy: FaultProxy;
let remote: Api;
let book: EditBook;
let browser: Awaited<ReturnType<typeof startExtension>>;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 5_000 });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  book = createEditBook((await remote.pullAll('sellers')).values(), `edit${first}`);
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy.decide = () => ({ kind: 'pass' });
  browser = await startExtension();
  await connectByMessage(browser, { ...server, url: proxy.url });
});
afterEach(() => browser?.close());

const serverIsAway = () => {
  proxy.decide = () => ({ kind: 'refuse' });
};
const serverIsBack = () => {
  proxy.decide = () => ({ kind: 'pass' });
};

it.each(seeds)('two windows that come online together send every edit once (SEED=%i)', async (seed) => {
  const random = seededRandom(seed);
  const windows = [await browser.openManager('#/sellers'), await browser.openManager('#/sellers')] as const;
  await drain(windows[0]);
  await browser.context.setOffline(true);
  serverIsAway();
  for (let edit = 0; edit < 30; edit++) {
    const kind = editKinds[Math.floor(random() * editKinds.length)] ?? 'flag';
    expect((await book.make(windows[edit % 2] ?? windows[0], kind)).answered).toBe(true);
  }
  proxy.pushes.length = 0;
  // The first answer is lost, so that what it confirmed must go out a second time.
  let dropped = 0;
  proxy.decide = ({ path }) => (path === '/sync/push' && dropped++ === 0 ? { kind: 'drop_answer' } : { kind: 'pass' });
  await browser.context.setOffline(false);
  const taps = windows.map((window) => window.getByRole('button', { name: 'Sync now' }).click());
  const more = windows.map((window) => book.make(window, 'flag'));
  await Promise.all([...taps, ...more, ...windows.map((window) => sendCommand(window, 'sync.now', {}))]);
  for (const window of windows) await drain(window);
  await book.expectEachOnce(remote);
  await expectClientIsServer(windows[0], remote);
  expect(proxy.pushes.filter(({ beside }) => beside > 0)).toEqual([]);
  const heard = proxy.pushes.filter(({ fault }) => fault === 'pass').flatMap(({ ids }) => ids);
  expect(new Set(heard).size).toBe(heard.length);
});

it('alarms that were cleared are set by the next start of the worker, which sends what waits', async () => {
  const manager = await browser.openManager('#/sellers');
  await drain(manager);
  serverIsAway();
  expect((await book.make(manager, 'flags')).answered).toBe(true);
  await (await browser.worker()).evaluate('chrome.alarms.clearAll()');
  expect(await alarms(await browser.worker())).toEqual([]);
  await browser.stopWorker();
  serverIsBack();
  // A question of the overlay, which asks for no sync.
  await sendCommand(manager, 'marks.lookup', { names: ['nobody'] });
  await waitUntil('an empty outbox', async () => (await ownEntries(manager)).outbox.length === 0, 20_000);
  await book.expectEachOnce(remote);
  await waitUntil('an alarm', async () => (await alarms(await browser.worker())).includes('sync'));
});

it('a browser that was closed with unsent edits sends them when it starts, with no page of ours open', async () => {
  const manager = await browser.openManager('#/sellers');
  await drain(manager);
  serverIsAway();
  expect((await book.make(manager, 'rename')).answered).toBe(true);
  const { profileDir } = browser;
  await browser.close();
  serverIsBack();
  browser = await startExtension({ profileDir });
  await waitUntil('every edit on the server', async () => (await book.missing(remote)).length === 0, 20_000);
  await waitUntil('an alarm', async () => (await alarms(await browser.worker())).includes('sync'));
  await book.expectEachOnce(remote);
});

const alarms = (worker: Worker) =>
  worker.evaluate<string[]>('chrome.alarms.getAll().then((all) => all.map(({ name }) => name))');
