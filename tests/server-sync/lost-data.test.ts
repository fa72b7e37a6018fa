import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { readConnection } from '#lib/store/device-database.ts';
import { abandonBase } from '#lib/store/generations.ts';
import { ownName } from '#lib/store/own-database.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { readSyncStatus } from '#lib/sync/status.ts';
import { addTestMember, useServer as serverOfFile } from '#tests/server/server-under-test.ts';
import { deviceHandlers } from '#entrypoints/background/device-handlers.ts';
import { connected } from '#entrypoints/background/edit-handlers.ts';
import { type BrowserUnderTest, openBrowser } from './browser-under-test.ts';

const holder = serverOfFile('pglite');

async function statusOf(browser: BrowserUnderTest) {
  return readSyncStatus((await connected(browser.current)).writer.own, true, Date.now());
}

async function dropOwn(): Promise<void> {
  const { store_key: key } = (await readConnection()) ?? { store_key: 'none' };
  await dropDatabase(ownName(key));
}

function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

it.each(['while it is open', 'while the worker sleeps'])('says that the own database was dropped %s', async (when) => {
  const member = await addTestMember(holder.current);
  const browser = openBrowser(holder.current);
  await browser.connect(member);
  await browser.add('Kept');
  await browser.sync();
  expect(await statusOf(browser)).toMatchObject({ notice: null, state: 'synced' });
  browser.reachable = false;
  await browser.add('Lost');
  if (when === 'while the worker sleeps') await browser.close();
  await dropOwn();
  browser.reachable = true;
  await browser.sync();
  expect(await statusOf(browser)).toMatchObject({ notice: 'lost', state: 'synced', waiting: 0 });
  const { writer } = await connected(browser.current);
  expect((await readTableOf(writer.base, 'sellers')).map(({ display_name }) => display_name)).toEqual(['Kept']);
  // A later rebuild takes nothing away from it; a person does.
  await browser.sync();
  expect(await statusOf(browser)).toMatchObject({ notice: 'lost' });
  const handlers = deviceHandlers({
    current: browser.current,
    sync: () => undefined,
    schedule: () => Promise.resolve(),
  });
  await handlers['notice.seen']({});
  expect(await statusOf(browser)).toMatchObject({ notice: null });
  await browser.handlers['connection.disconnect']({ unsent: 'discard' });
});

it('looks at the local data only when no sync holds it', async () => {
  const member = await addTestMember(holder.current);
  const browser = openBrowser(holder.current);
  await browser.connect(member);
  await browser.add('One');
  await browser.sync();
  const { writer } = await connected(browser.current);
  let release = (): void => undefined;
  const atServer = new Promise<void>((reached) => {
    browser.gate.before = () => {
      reached();
      return new Promise((resolve) => {
        release = resolve;
      });
    };
  });
  await browser.add('Two');
  const syncing = browser.sync();
  await atServer;
  const { base } = writer;
  await base.cursors.clear();
  const handlers = deviceHandlers({
    current: browser.current,
    sync: () => undefined,
    schedule: () => Promise.resolve(),
  });
  const checking = handlers['storage.check']({});
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(writer.base).toBe(base);
  // As the sync itself would that meets the damage first.
  await writer.use(await abandonBase(writer.own));
  browser.gate.before = () => Promise.resolve();
  release();
  await syncing;
  expect(await checking).toEqual({ damaged: true });
  await browser.sync();
  const rows = await readTableOf(writer.base, 'sellers');
  expect(rows.map(({ display_name }) => display_name).toSorted()).toEqual(['One', 'Two']);
  await browser.handlers['connection.disconnect']({ unsent: 'discard' });
});

it('knows where it belongs when the browser dropped every database, and has the list again after signing in', async () => {
  const member = await addTestMember(holder.current);
  const browser = openBrowser(holder.current);
  await browser.connect(member);
  await browser.add('Kept');
  await browser.sync();
  await browser.close();
  for (const { name } of await indexedDB.databases()) await dropDatabase(name ?? '');
  await browser.sync();
  expect(await readConnection()).toMatchObject({ email: member.email, token: null });
  expect(await statusOf(browser)).toMatchObject({ notice: 'lost' });
  await browser.connect(member);
  const { writer } = await connected(browser.current);
  expect((await readTableOf(writer.base, 'sellers')).map(({ display_name }) => display_name)).toEqual(['Kept']);
  await browser.handlers['connection.disconnect']({ unsent: 'discard' });
  await browser.sync();
  expect(await readConnection()).toBeUndefined();
});
