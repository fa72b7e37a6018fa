import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '#lib/shared/error-codes.ts';
import { api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';

const NEWER = { 'x-sellerdex-protocol': '99' };

describe('what goes wrong is said clearly, and nothing is lost', () => {
  let server: TestServer;
  let proxy: FaultProxy;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let manager: Page;

  beforeAll(async () => {
    server = await startServer({ args: ['--no-worker'], sellers: 30 });
    proxy = await startFaultProxy(server.url);
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    proxy.decide = () => ({ kind: 'pass' });
    browser = await startExtension();
    manager = await browser.openManager();
  });
  afterEach(() => browser?.close());

  const tryToConnect = async (account: { url: string; password?: string }) => {
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    await manager.getByRole('textbox', { name: 'Server address' }).fill(account.url);
    await manager.getByRole('textbox', { name: 'Email' }).fill(server.email);
    await manager.getByRole('textbox', { name: 'Password' }).fill(account.password ?? server.password);
    await manager.getByRole('button', { name: 'Connect', exact: true }).click();
  };
  const says = (words: string) => manager.getByText(words).first().waitFor({ timeout: 15_000 });

  it('wrong password; the right one then connects', async () => {
    await tryToConnect({ url: server.url, password: 'wrong' });
    await says(errorCodes.wrong_credentials.words);
    expect(await manager.getByRole('textbox', { name: 'Server address' }).inputValue()).toBe(server.url);
    await connect(manager, server);
  });

  it('unreachable server, something that is no Sellerdex server, an address without https', async () => {
    await tryToConnect({ url: 'http://127.0.0.1:1' });
    await says(errorCodes.unreachable.words);
    proxy.decide = () => ({ kind: 'answer', status: 200, body: { hello: 'world' } });
    await tryToConnect({ url: proxy.url });
    await says(errorCodes.invalid_answer.words);
    await tryToConnect({ url: 'http://sellers.example.com' });
    await says(errorCodes.invalid_address.words);
  });

  it('a server of a newer protocol, when connecting and later', async () => {
    proxy.decide = () => ({
      kind: 'answer',
      status: 200,
      headers: NEWER,
      body: { status: 'ok', version: '9.0.0', schema: 99, protocol: 99 },
    });
    await tryToConnect({ url: proxy.url });
    await says(errorCodes.protocol_newer.words);

    proxy.decide = () => ({ kind: 'pass' });
    await connect(manager, { ...server, url: proxy.url });
    const name = await flagFirst();
    await waitForSynced(manager);
    proxy.decide = () => ({ kind: 'headers', headers: NEWER });
    await unflag(name);
    await syncNow();
    await says(errorCodes.protocol_newer.words);
    expect(await sellersGrid(manager).isFlagged(name)).toBe(false);

    proxy.decide = () => ({ kind: 'pass' });
    await syncNow();
    await waitForSynced(manager);
    expect(await flagOnServer(name)).toBe(false);
  });

  it('a full disk: the change is refused in words, and made when there is room', async () => {
    await connect(manager, server);
    const worker = await browser.worker();
    // The worker's own database, its writes failing as IndexedDB makes them fail on a full disk.
    await worker.evaluate(() => {
      for (const name of ['add', 'put'] as const) {
        const write = IDBObjectStore.prototype[name];
        Reflect.set(globalThis, `kept_${name}`, write);
        IDBObjectStore.prototype[name] = function () {
          throw new DOMException('The disk is full', 'QuotaExceededError');
        };
      }
    });
    await openSellers();
    const sellers = sellersGrid(manager);
    const name = await firstName();
    await sellers.grid.getByRole('button', { name: `Flag ${name}`, exact: true }).click();
    await says(errorCodes.storage_full.words);
    expect(await sellers.isFlagged(name)).toBe(false);
    await worker.evaluate(() => {
      IDBObjectStore.prototype.add = Reflect.get(globalThis, 'kept_add');
      IDBObjectStore.prototype.put = Reflect.get(globalThis, 'kept_put');
    });
    await sellers.grid.getByRole('button', { name: `Flag ${name}`, exact: true }).click();
    await sellers.waitForFlag(name, 5_000);
    await syncNow();
    await waitForSynced(manager);
    expect(await flagOnServer(name)).toBe(true);
  });

  it('a revoked token: signed out in words, the edit kept, and sent after signing in again', async () => {
    await connect(manager, server);
    await server.stop();
    const reset = spawnSync(
      process.execPath,
      [
        'server/admin.ts',
        'reset-password',
        server.email,
        '--password',
        'a new battery staple',
        '--data',
        server.dataDir,
      ],
      { encoding: 'utf8' },
    );
    expect(reset.status, reset.stderr).toBe(0);
    await server.restart();

    const name = await flagFirst();
    await syncNow();
    await manager
      .getByRole('status', { name: 'Sync' })
      .filter({ hasText: /^Signed out/ })
      .waitFor();
    expect(await sellersGrid(manager).isFlagged(name)).toBe(true);
    await checkScreen(manager, 'signed out');
    await manager.getByRole('button', { name: 'Sign in', exact: true }).click();
    await checkScreen(manager, 'settings, signed out');
    const account = { ...server, password: 'a new battery staple' };
    await connect(manager, account);
    const rows = await (await api(account)).pullAll('sellers');
    expect([...rows.values()].find((row) => row.display_name === name)?.flagged).toBe(true);
  });

  const syncNow = () => manager.getByRole('button', { name: 'Sync now' }).click();
  const openSellers = () =>
    manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  const firstName = async () => {
    const button = sellersGrid(manager)
      .grid.getByRole('button', { name: /^Flag / })
      .first();
    await button.waitFor();
    return ((await button.getAttribute('aria-label')) ?? '').replace(/^Flag /, '');
  };
  const flagFirst = async () => {
    await openSellers();
    const name = await firstName();
    await sellersGrid(manager)
      .grid.getByRole('button', { name: `Flag ${name}`, exact: true })
      .click();
    await sellersGrid(manager).waitForFlag(name, 5_000);
    return name;
  };
  const unflag = (name: string) =>
    sellersGrid(manager)
      .grid.getByRole('button', { name: `Unflag ${name}`, exact: true })
      .click();
  const flagOnServer = async (name: string) =>
    [...(await (await api(server)).pullAll('sellers')).values()].find((row) => row.display_name === name)?.flagged;
});
