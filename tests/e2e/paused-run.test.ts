import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAnswer } from '#lib/protocol/collection.ts';
import { api } from '#tests/helpers/api.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { waitForSynced } from '#tests/helpers/connect.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { newestRun } from '#tests/helpers/runs.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

let oxylabs: Awaited<ReturnType<typeof startOxylabs>>;
let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;

beforeAll(async () => {
  oxylabs = await startOxylabs(() => ({ html: '' }));
  server = await startServer({
    env: {
      OXYLABS_API_URL: oxylabs.url,
      OXYLABS_USERNAME: credentials.username,
      OXYLABS_PASSWORD: `not ${credentials.password}`,
    },
  });
  browser = await startExtension();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await oxylabs?.stop();
});

it('a run that paused by itself is told by the pull that finds it, counted on the button, and said in the popup', async () => {
  const inWorker = async <T>(code: string) => (await browser.worker()).evaluate<T>(code);
  const notifications = () =>
    inWorker<string[]>('new Promise((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all))))');
  await connectByMessage(browser, server);
  const popup = await browser.openPopup();
  await waitForSynced(popup);
  await popup.getByText('No run yet').waitFor();

  const remote = await api(server);
  const { id } = await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'thing' }],
    product_source: 'list',
    seller_source: 'oxylabs',
  });
  await waitUntil('the provider to refuse', async () => (await newestRun(remote))?.pause_reason === 'auth');
  expect(await notifications()).toEqual([]);
  await sendCommand(popup, 'sync.now', {});
  const [told = ''] = await waitUntil('a notification', async () => {
    const all = await notifications();
    return all.length > 0 ? all : null;
  });
  expect(told.startsWith(`run:${id}:paused:`)).toBe(true);
  expect(await inWorker('chrome.action.getBadgeText({})')).toBe('1');
  await popup.getByText('Check its keys on the server').waitFor();

  await inWorker(`chrome.notifications.clear(${JSON.stringify(told)})`);
  await sendCommand(popup, 'sync.now', {});
  await sendCommand(popup, 'sync.now', {});
  expect(await notifications()).toEqual([]);
  await remote.post(runAnswer, `/collection/runs/${id}/cancel`, {});
  await sendCommand(popup, 'sync.now', {});
  await waitUntil('the count to go', async () => (await inWorker('chrome.action.getBadgeText({})')) === '');
  expect(await notifications()).toEqual([]);
});
