import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAnswer } from '#lib/protocol/collection.ts';
import { api } from '#tests/helpers/api.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'] });
  browser = await startExtension();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function period(): Promise<number | null> {
  return (await browser.worker()).evaluate<number | null>(
    'chrome.alarms.get("sync").then((alarm) => alarm?.periodInMinutes ?? null)',
  );
}
const becomes = (minutes: number | null): Promise<unknown> =>
  waitUntil(`an alarm every ${minutes} minutes`, async () => (await period()) === minutes);

it('syncs every 5 minutes, or as chosen at once, and at least every minute while a run of mine is active', async () => {
  expect(await period()).toBeNull();
  await connectByMessage(browser, server);
  await becomes(5);
  const page = await browser.openManager('#/settings');
  expect(await sendCommand(page, 'settings.sync', { minutes: 30 })).toEqual({ ok: true, value: {} });
  expect(await period()).toBe(30);

  const remote = await api(server);
  const { id } = await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'thing' }],
    product_source: 'list',
  });
  await sendCommand(page, 'sync.now', {});
  await becomes(1);
  expect(await sendCommand(page, 'settings.sync', { minutes: 0.5 })).toMatchObject({ ok: true });
  expect(await period()).toBe(0.5);
  await remote.post(runAnswer, `/collection/runs/${id}/cancel`, {});
  await sendCommand(page, 'settings.sync', { minutes: 60 });
  await sendCommand(page, 'sync.now', {});
  await becomes(60);

  await sendCommand(page, 'connection.disconnect', { unsent: 'keep' });
  expect(await period()).toBeNull();
});
