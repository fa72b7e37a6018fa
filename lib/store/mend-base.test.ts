import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSyncLoop, type SyncLoop } from '#lib/sync/sync-loop.ts';
import { readSyncStatus } from '#lib/sync/status.ts';
import { createMemoryServer, type MemoryServer } from '#tests/helpers/memory-server.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import { mendBase, noteComplete } from './mend-base.ts';
import { addMutations } from './outbox.ts';
import { readMeta, writeMeta } from './own-database.ts';
import { readTableOf } from './read-table.ts';
import type { PageRecord } from './types.ts';
import { openWriter, type StoreWriter } from './writer.ts';

const ROWS = 3000;
let stores = 0;
let server: MemoryServer;
let writer: StoreWriter;
let loop: SyncLoop;
let isReachable = true;
let isPushOnly = false;

beforeEach(async () => {
  isReachable = true;
  isPushOnly = false;
  server = createMemoryServer();
  for (let no = 0; no < ROWS; no++) server.add(wireSeller(no, 0));
  writer = await openWriter(`mend-${++stores}`);
  loop = openLoop();
  await sync();
  expect(await count()).toBe(ROWS);
});
afterEach(() => writer.close());

function openLoop(): SyncLoop {
  return createSyncLoop({
    api: {
      pull: (table, options) =>
        isReachable && !isPushOnly ? server.api.pull(table, options) : Promise.reject(new TypeError('down')),
      push: (request) => (isReachable ? server.api.push(request) : Promise.reject(new TypeError('down'))),
    },
    writer,
    now: Date.now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => false,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  });
}

async function sync(): Promise<boolean> {
  const mended = await mendBase(writer, 'cursors');
  await loop.request(true);
  await noteComplete(writer);
  return mended;
}
const count = async (): Promise<number> => (await readTableOf(writer.base, 'sellers')).length;
const notice = async () => (await readSyncStatus(writer.own, true, Date.now())).notice;

async function deleteDatabase(name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

/** As an update of the extension with other tables would. */
async function reopenWithOtherColumns(): Promise<void> {
  const pointer = await readMeta(writer.own, 'base');
  if (pointer !== undefined) await writeMeta(writer.own, 'base', { ...pointer, schema: 'of before' });
  writer.close();
  writer = await openWriter(writer.storeKey);
  loop = openLoop();
}

async function damageOnePage(): Promise<void> {
  const [page] = await writer.base.pages.toArray();
  const broken = { ...page, packed: { ...page?.packed, columns: {} } } as PageRecord;
  await writer.base.pages.put(broken);
}

it('finds nothing wrong with a sound base', async () => {
  expect(await mendBase(writer, 'pages')).toBe(false);
  expect(writer.base.generation).toBe(1);
  expect(await notice()).toBeNull();
});

it('says that a base the browser dropped is loaded again, and sends no deletion', async () => {
  const flag = { op: 'flag' as const, targets: [{ id: sellerId(1), no: 1 }], data: { flagged: true } };
  await addMutations(writer.own, [{ id: crypto.randomUUID(), table: 'sellers', ...flag, edited_at: 1 }]);
  await deleteDatabase(writer.base.name);
  isReachable = false;
  expect(await sync()).toBe(true);
  expect(await notice()).toBe('rebuilding');
  expect(await writer.own.outbox.count()).toBe(1);
  isReachable = true;
  expect(await sync()).toBe(false);
  expect(await notice()).toBeNull();
  expect(await count()).toBe(ROWS);
  expect([...server.rows.values()].filter(({ deleted_at }) => deleted_at !== null)).toEqual([]);
  expect(server.effects.size).toBe(1);
});

it.each(['dropped', 'of other columns'])(
  'sends again what was confirmed and not pulled when the base is %s, for a server that has lost it',
  async (how) => {
    const restore = server.backUp();
    const flag = { op: 'flag' as const, targets: [{ id: sellerId(1), no: 1 }], data: { flagged: true } };
    await addMutations(writer.own, [{ id: crypto.randomUUID(), table: 'sellers', ...flag, edited_at: 1 }]);
    isPushOnly = true;
    await sync();
    expect((await writer.own.outbox.toArray()).map(({ state }) => state)).toEqual(['acknowledged']);
    restore();
    expect(server.rows.get(sellerId(1))?.flagged).toBe(false);
    isPushOnly = false;
    if (how === 'dropped') await deleteDatabase(writer.base.name);
    else await reopenWithOtherColumns();
    await sync();
    expect(writer.base.generation).toBe(2);
    expect(server.rows.get(sellerId(1))?.flagged).toBe(true);
    expect(await writer.own.outbox.count()).toBe(0);
    expect(await writer.own.attention.count()).toBe(0);
  },
);

it('takes a first sync that was cut off for what it is', async () => {
  writer.close();
  writer = await openWriter(`mend-${++stores}`);
  expect(await mendBase(writer, 'pages')).toBe(false);
  expect(await notice()).toBeNull();
});

it('finds the one damaged page when a reader met it, and has all of it again', async () => {
  await damageOnePage();
  expect(await mendBase(writer, 'cursors')).toBe(false);
  expect(await mendBase(writer, 'pages')).toBe(true);
  expect(await notice()).toBe('rebuilding');
  await sync();
  expect(await count()).toBe(ROWS);
  expect(await mendBase(writer, 'pages')).toBe(false);
  expect(await notice()).toBeNull();
});

it('finds a damaged patch of scattered changes, and has all of it again', async () => {
  for (const no of [5, 1500, 2500]) server.change(sellerId(no), { note: 'changed' });
  await sync();
  const [patch] = await writer.base.patches.toArray();
  if (patch === undefined) throw new Error('no patch was written');
  const { columns } = patch.packed;
  await writer.base.patches.put({
    ...patch,
    packed: { format: 1, columns: { ...columns, note: columns['id'] as never } },
  });
  expect(await mendBase(writer, 'pages')).toBe(true);
  await sync();
  const changed = (await readTableOf(writer.base, 'sellers')).filter((row) => row['note'] === 'changed');
  expect(changed.map(({ no }) => no)).toEqual([2500, 1500, 5]);
});

it('a sync that meets a damaged page rebuilds by itself', async () => {
  await damageOnePage();
  for (let no = 0; no < ROWS; no++) server.change(sellerId(no), { note: 'changed' });
  expect(await sync()).toBe(false);
  expect(await count()).toBe(ROWS);
  expect((await readTableOf(writer.base, 'sellers')).every((row) => row['note'] === 'changed')).toBe(true);
  expect(await notice()).toBeNull();
});

it('gives nothing up while the disk is full', async () => {
  await damageOnePage();
  const full = { estimate: () => Promise.resolve({ quota: 1e9, usage: 1e9 }) };
  Object.defineProperty(navigator, 'storage', { value: full, configurable: true });
  try {
    await expect(mendBase(writer, 'pages')).rejects.toMatchObject({ code: 'storage_broken' });
    for (let no = 0; no < ROWS; no++) server.change(sellerId(no), { note: 'changed' });
    await loop.request(true);
    expect(writer.base.generation).toBe(1);
  } finally {
    Reflect.deleteProperty(navigator, 'storage');
  }
  expect(await mendBase(writer, 'pages')).toBe(true);
});
