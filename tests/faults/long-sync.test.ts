import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTestExtension } from '#tests/helpers/build-test-extension.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import type { UndebuggedChromium } from '#tests/helpers/undebugged-chromium.ts';
import { launchUndebugged } from '#tests/helpers/undebugged-chromium.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { EXTENSION_ID } from '#scripts/launch-extension.ts';

const SELLERS = 95_000;
/** Ten pages of 10,000: more than twice the 30 s after which Chrome ends a worker that it takes for idle. */
const PAGE_DELAY_MS = 7_000;

let server: TestServer;
let proxy: FaultProxy;
let browser: UndebuggedChromium;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  proxy = await startFaultProxy(server.url);
  browser = await launchUndebugged(await buildTestExtension('chrome'));
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

it('a sync of more than 60 s completes with nobody watching the worker', async () => {
  proxy.decide = ({ path }) =>
    path.startsWith('/sync/sellers') ? { kind: 'delay', ms: PAGE_DELAY_MS } : { kind: 'pass' };
  const page = await browser.open(`chrome-extension://${EXTENSION_ID}/options.html#/sellers`);
  await waitUntil('the manager', () => page.evaluate<boolean>(`document.querySelector('nav') !== null`));
  const connect = {
    sellerdex: 1,
    procedure: 'connection.connect',
    input: { server: proxy.url, email: server.email, password: server.password },
  };
  const from = Date.now();
  const answer = await page.evaluate<{ ok: boolean }>(`chrome.runtime.sendMessage(${JSON.stringify(connect)})`);
  expect(answer.ok).toBe(true);
  const rows = `Number(document.querySelector('[role=grid][aria-label=Sellers]')?.getAttribute('aria-rowcount') ?? 1) - 1`;
  await waitUntil('every row in the grid', async () => (await page.evaluate<number>(rows)) === SELLERS, 150_000);
  const took = Date.now() - from;
  process.stdout.write(`undebugged sync of ${SELLERS} rows took ${took} ms\n`);
  expect(took).toBeGreaterThan(60_000);
  expect(page.attachedTo()).toEqual([]);
  const pulls = proxy.seen.filter((request) => request === 'GET /sync/sellers').length;
  // Ten pages and the checks that follow; a worker that died and began again would ask for far more.
  expect(pulls).toBeLessThanOrEqual(14);
});
