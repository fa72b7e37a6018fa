import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createStatusWriter } from '#lib/sync/status-writer.ts';
import { sellerId } from '#tests/helpers/sample-sellers.ts';
import { addMutations } from './outbox.ts';
import { resendAcknowledged, settleBatch, takeBatch } from './outbox-sending.ts';
import { OwnDatabase, readMeta, writeMeta } from './own-database.ts';
import { createReader } from './reader.ts';
import type { StoreWriter } from './writer.ts';

const NOW = 1_800_000_000_000;

it('reads the outbox anew exactly when it has changed', async () => {
  const own = new OwnDatabase('reader');
  const reader = createReader('reader');
  const add = (id: string) =>
    addMutations(own, [
      {
        id,
        table: 'sellers',
        op: 'flag',
        targets: [{ id: sellerId(1), no: 1 }],
        data: { flagged: true },
        edited_at: NOW,
      },
    ]);
  const [first, second, third] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  await add(first);
  const before = await reader.outbox('sellers');
  expect(before.map(({ id }) => id)).toEqual([first]);
  expect(await reader.outbox('sellers')).toBe(before);
  await createStatusWriter({ own, written: () => undefined } as unknown as StoreWriter, () => NOW).syncing();
  expect(await reader.outbox('sellers')).toBe(before);
  await add(second);
  const both = await reader.outbox('sellers');
  expect(both.map(({ id }) => id)).toEqual([first, second]);
  // What was read before is not read again when something has come behind it.
  expect(both[0]).toBe(before[0]);
  const batch = await takeBatch(own, { mutations: 1, ids: 10, bytes: 10_000 });
  const times = { sentAt: NOW, serverTime: NOW };
  const results = batch.map(({ id }) => ({ id, status: 'applied' as const, version: 1, records: [], missing: [] }));
  await settleBatch(own, results, NOW, times);
  expect((await reader.outbox('sellers')).map(({ state }) => state)).toEqual(['acknowledged', 'waiting']);
  await resendAcknowledged(own);
  await add(third);
  expect((await reader.outbox('sellers')).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  // The same numbers mean something else in a store that was made again under a clock set back.
  const newest = (await readMeta(own, 'outbox_revision')) ?? 0;
  await own.outbox.clear();
  await writeMeta(own, 'outbox_revision', newest - 1000);
  await writeMeta(own, 'outbox_rewritten', newest - 1000);
  const fourth = crypto.randomUUID();
  await add(fourth);
  expect((await reader.outbox('sellers')).map(({ id }) => id)).toEqual([fourth]);
  reader.close();
  own.close();
});
