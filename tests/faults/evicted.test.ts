import type { Page } from '@playwright/test';
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
import { sendCommand } from '#tests/helpers/send-command.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 5_000;
let server: TestServer;
let proxy: FaultProxy;
let remote: Api;
let book: EditBook;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  book = createEditBook((await remote.pullAll('sellers')).values(), 'edit');
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy.decide = () => ({ kind: 'pass' });
  browser = await startExtension();
  await connectByMessage(browser, { ...server, url: proxy.url });
  manager = await browser.openManager('#/sellers');
  await drain(manager);
  // From here on the program knows that there was a whole base.
  await waitUntil('the note of a complete base', async () => (await ownEntries(manager)).meta['complete'] === 1);
});
afterEach(() => browser?.close());

/** Makes edits that stay in the outbox, then harms the base with no worker running. */
async function harm(script: string): Promise<string[]> {
  proxy.decide = () => ({ kind: 'refuse' });
  const ids: string[] = [];
  for (const kind of editKinds) {
    const edit = await book.make(manager, kind);
    expect(edit.answered).toBe(true);
    ids.push(edit.id);
  }
  await manager.goto(`chrome-extension://${browser.extensionId}/popup.html`);
  await browser.stopWorker();
  await manager.evaluate(`(${script})()`);
  // Slow enough for the screen to be seen while the base is rebuilt.
  proxy.decide = ({ path }) => (path.startsWith('/sync/') ? { kind: 'delay', ms: 1_500 } : { kind: 'pass' });
  return ids;
}

/** What must be true in the end: the outbox was kept and sent, and no row was taken for deleted. */
async function expectAllIsBack(edits: readonly string[]): Promise<void> {
  const { outbox } = await ownEntries(manager);
  const missing = await book.missing(remote);
  expect(edits.filter((id) => missing.includes(id) && !outbox.some((entry) => entry.id === id))).toEqual([]);
  await drain(manager);
  await book.expectEachOnce(remote);
  await expectClientIsServer(manager, remote);
  await sellersGrid(manager).waitForCount((await remote.pullAll('sellers')).size);
  const deleted = [...(await remote.pullAll('activity')).values()].filter(({ kind }) => kind === 'sellers.delete');
  expect(deleted).toHaveLength(book.edits.filter(({ op }) => op === 'delete').length);
}

const words = (text: RegExp) => manager.getByText(text).first().waitFor({ timeout: 20_000 });

it('a base that the browser dropped is said, and comes back from the server', async () => {
  const edits = await harm(dropBase.toString());
  await manager.goto(`chrome-extension://${browser.extensionId}/options.html#/sellers`);
  // The next thing that wakes the worker, whatever it is: here a question of the overlay.
  await sendCommand(manager, 'marks.lookup', { names: ['nobody'] });
  await words(/local data was damaged/);
  await expectAllIsBack(edits);
});

it('a damaged page of the base is noticed, said, and comes back from the server', async () => {
  const edits = await harm(damagePage.toString());
  await manager.goto(`chrome-extension://${browser.extensionId}/options.html#/sellers`);
  await words(/local data was damaged/);
  await expectAllIsBack(edits);
});

async function dropBase(): Promise<void> {
  const bases = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith('sellerdex-base-') ? [name] : [],
  );
  if (bases.length !== 1) throw new Error(`expected one base: ${bases.join(', ')}`);
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(bases[0] ?? '');
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error ?? new Error('not deleted'));
  });
}

async function damagePage(): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const { name } = (await indexedDB.databases()).find((each) => each.name?.startsWith('sellerdex-base-')) ?? {};
  const database = await done(indexedDB.open(name ?? ''));
  const pages = database.transaction('pages', 'readwrite').objectStore('pages');
  const records = (await done(pages.getAll())) as { table: string; page: number; packed: { offsets: Uint16Array } }[];
  const record = records.findLast(({ table }) => table === 'sellers');
  if (record === undefined) throw new Error('no page of sellers');
  record.packed.offsets.fill(65_535, 10, 40);
  await done(pages.put(record));
  database.close();
}
