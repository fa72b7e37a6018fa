import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { me } from '#lib/protocol/account.ts';
import { api } from '#tests/helpers/api.ts';
import { type FaultProxy, startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { restoreRelease, type StoreRelease } from '#tests/helpers/store-release.ts';

const FOLDER = 'tests/fixtures/store-releases';
let server: TestServer;
let proxy: FaultProxy;
let browser: Awaited<ReturnType<typeof startExtension>>;

beforeEach(async () => {
  server = await startServer({ args: ['--no-worker'] });
  proxy = await startFaultProxy(server.url);
  browser = await startExtension();
});
afterEach(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

it.each(readdirSync(FOLDER))('a browser with the data of release %s goes on with it', async (file) => {
  const { token, pullAll, get } = await api(server);
  const { org } = await get(me, '/me');
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8')
    .replaceAll('https://server.example.com', proxy.url)
    .replaceAll('token-of-the-release', token)
    .replaceAll('"org_id": "org"', `"org_id": "${org.id}"`);
  const release = JSON.parse(text) as StoreRelease;
  // The program has made its own databases at its start; those of the release take their place.
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.extensionId}/icon/16.png`);
  await browser.stopWorker();
  await page.evaluate(`(async () => {
    for (const { name } of await indexedDB.databases())
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error);
      });
    await (${restoreRelease.toString()})(${JSON.stringify(release)});
  })()`);
  proxy.decide = () => ({ kind: 'refuse' });
  const warnings: string[] = [];
  const manager = await browser.context.newPage();
  manager.on('console', (message) => {
    // What fetch says of a server that is not there cannot be kept off the console.
    if (['warning', 'error'].includes(message.type()) && !/net::ERR/.test(message.text()))
      warnings.push(message.text());
  });
  await manager.goto(`chrome-extension://${browser.extensionId}/options.html#/sellers`);
  await manager.getByText('Waiting').first().waitFor();
  const { outbox, attention } = await ownEntries(manager);
  expect(outbox).toHaveLength(5);
  expect(attention).toHaveLength(1);

  // The server is another than the one of the release, so its cursors are refused and all is sent anew.
  proxy.decide = () => ({ kind: 'pass' });
  await manager.getByRole('button', { name: 'Sync now' }).click();
  await manager
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Needs attention/ })
    .waitFor();
  await expect.poll(async () => (await ownEntries(manager)).outbox, { timeout: 20_000 }).toEqual([]);
  const names = [...(await pullAll('sellers')).values()].map(({ display_name }) => display_name);
  expect(names.toSorted()).toEqual(['Confirmed', 'On its way', 'Waiting']);
  expect(warnings).toEqual([]);
});
