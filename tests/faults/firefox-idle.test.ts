import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { FirefoxExtension } from '#tests/helpers/start-firefox.ts';
import { firefoxPath, startFirefox } from '#tests/helpers/start-firefox.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const IDLE_MS = 1_500;
const ENDS = 3;
const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = Array.from({ length: soakRuns(1) }, (_, at) => first + at);
const executablePath = firefoxPath();

describe.skipIf(executablePath === null)(`Firefox that ends the background after ${IDLE_MS} ms`, () => {
  let server: TestServer;
  let proxy: FaultProxy;
  let remote: Api;
  let book: EditBook;
  let firefox: FirefoxExtension;
  let manager: Page;

  beforeAll(async () => {
    server = await startServer({ args: ['--no-worker'], sellers: 2_000 });
    proxy = await startFaultProxy(server.url);
    remote = await api(server);
    book = createEditBook((await remote.pullAll('sellers')).values(), `edit${first}`);
    firefox = await startFirefox(executablePath ?? '', { 'extensions.background.idle.timeout': IDLE_MS });
    manager = await firefox.openManager('#/sellers');
    const account = { server: proxy.url, email: server.email, password: server.password };
    await waitUntil(
      'a connection',
      async () => (await sendCommand(manager, 'connection.connect', account))?.ok === true,
    );
    await drained();
  });
  afterAll(async () => {
    await firefox?.close();
    await proxy?.close();
    await server?.stop();
  });

  it.each(seeds)('sends every edit once, however often the background was ended (SEED=%i)', async (seed) => {
    const random = seededRandom(seed);
    proxy.decide = () => ({ kind: 'refuse' });
    for (let ends = 0; ends < ENDS; ends++) {
      for (let made = 0; made < 4; made++) {
        const kind = editKinds[Math.floor(random() * editKinds.length)] ?? 'flag';
        expect((await book.make(manager, kind)).answered).toBe(true);
        await sleep(random() * 400);
      }
      await waitUntil('the end of the background', async () => !(await backgroundRuns()), 60_000);
    }
    expect((await ownEntries(manager)).outbox.length).toBeGreaterThan(0);
    proxy.decide = () => ({ kind: 'pass' });
    await drained();
    await book.expectEachOnce(remote);
    expect((await ownEntries(manager)).attention).toEqual([]);
  });

  /** Whether the background page exists; asking does not wake it. */
  const backgroundRuns = () =>
    manager.evaluate<[], () => boolean>(
      `browser.extension.getViews().some(({ location }) => location.pathname.includes('background'))` as never,
    );
  /** Asks for a sync until one that began after this went through: each may be ended in its middle. */
  const drained = async () => {
    const from = Date.now();
    const isDrained = async () => {
      const { outbox, meta } = await ownEntries(manager);
      const { last_synced_at: at } = (meta['sync'] ?? {}) as { last_synced_at?: number };
      return outbox.length === 0 && (at ?? 0) > from;
    };
    while (!(await isDrained())) {
      if (Date.now() - from > 90_000) throw new Error('Firefox did not get synced');
      void sendCommand(manager, 'sync.now', {}).catch(() => null);
      await sleep(IDLE_MS / 2);
    }
  };
});
