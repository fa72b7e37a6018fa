import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { baseName } from './base-database.ts';
import { abandonBase } from './generations.ts';
import { addMutations } from './outbox.ts';
import { ownName } from './own-database.ts';
import { createReader } from './reader.ts';
import { openWriter, type StoreWriter } from './writer.ts';

const warn = vi.spyOn(console, 'warn');
afterEach(() => expect(warn).not.toHaveBeenCalled());

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

async function addOne({ own }: StoreWriter): Promise<void> {
  const id = '10000000-0000-4000-8000-000000000001';
  await addMutations(own, [{ id, table: 'sellers', op: 'delete', targets: [{ id, no: 1 }], data: {}, edited_at: 1 }]);
}

it('a reader lets go of an own database that is deleted, and reads on', async () => {
  const writer = await openWriter('deleted');
  await addOne(writer);
  const reader = createReader('deleted');
  expect(await reader.outbox('sellers')).toHaveLength(1);
  await done(indexedDB.deleteDatabase(ownName('deleted')));
  expect(await reader.outbox('sellers')).toEqual([]);
  await addOne(writer);
  expect(await reader.outbox('sellers')).toHaveLength(1);
  reader.close();
  writer.close();
});

it('a reader in the middle of reading an own database that is deleted meets no error', async () => {
  const writer = await openWriter('deleted-midway');
  const reader = createReader('deleted-midway');
  await reader.attention();
  const deletion = done(indexedDB.deleteDatabase(ownName('deleted-midway')));
  const reads = Array.from({ length: 50 }, async (_, at) => {
    await new Promise((resolve) => setTimeout(resolve, at / 5));
    return reader.outbox('sellers');
  });
  expect((await Promise.all(reads)).flat()).toEqual([]);
  await deletion;
  reader.close();
  writer.close();
});

it('a reader follows from a base that is deleted to the one that takes its place', async () => {
  const writer = await openWriter('swapped');
  const reader = createReader('swapped');
  const told = vi.fn();
  reader.onChange(told);
  expect(await reader.readRows('sellers')).toEqual([]);
  await writer.use(await abandonBase(writer.own));
  expect(await reader.readRows('sellers')).toEqual([]);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(baseName('swapped', 1));
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith({ base: true, outbox: true }));
  reader.close();
  writer.close();
});

it('an opening that an older page holds up is said, and goes on by itself', async () => {
  const request = indexedDB.open(ownName('held'), 10);
  request.onupgradeneeded = () => {
    const { result } = request;
    result
      .createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true })
      .createIndex('id', 'id', { unique: true });
    result.createObjectStore('attention', { keyPath: 'id' });
    result.createObjectStore('aliases', { keyPath: 'requested_id' });
    result.createObjectStore('meta', { keyPath: 'key' });
  };
  const old = await done(request);
  const from = Date.now();
  await expect(openWriter('held')).rejects.toMatchObject({ code: 'storage_blocked' });
  expect(Date.now() - from).toBeLessThan(7000);
  const reader = createReader('held');
  const waiting = reader.outbox('sellers');
  old.close();
  expect(await waiting).toEqual([]);
  const writer = await openWriter('held');
  await addOne(writer);
  expect(await reader.outbox('sellers')).toHaveLength(1);
  reader.close();
  writer.close();
});
