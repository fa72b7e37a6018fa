import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { PushRequest } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { openWriter } from '#lib/store/writer.ts';
import { createMemoryServer } from '#tests/helpers/memory-server.ts';
import { pushAll } from './push.ts';

function creation(at: number, fields: Partial<NewMutation> = {}): NewMutation {
  const id = `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const targets = [{ id: id.replace('1', '2'), no: -1 - at }];
  return {
    id,
    table: 'sellers',
    op: 'create',
    targets,
    data: { display_name: `Seller_${at}` },
    edited_at: 1_700_000_000_000,
    ...fields,
  };
}

it.each([
  ['a time that no date holds', { edited_at: 9e15 }],
  ['data that is no JSON', { data: { display_name: 'Big', feedback_count: 1n } }],
])('sets %s aside and sends its neighbours', async (name, fields) => {
  const server = createMemoryServer();
  const writer = await openWriter(`push-${name}`);
  const bad = creation(1, fields);
  await addMutations(writer.own, [bad, creation(2), creation(3)]);
  const env = {
    api: server.api,
    writer,
    now: () => 1_700_000_000_000,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => true,
    withLock: <T>(_name: string, work: () => Promise<T>) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  };
  await pushAll(env, () => Promise.resolve());
  expect([...server.effects.keys()].toSorted()).toEqual([creation(2).id, creation(3).id]);
  expect(await writer.own.attention.toArray()).toMatchObject([
    { id: bad.id, data: bad.data, error: { code: 'invalid_data' } },
  ]);
  expect(await writer.own.outbox.where('state').notEqual('acknowledged').count()).toBe(0);
  writer.close();
});

it('sends less at a time over a line on which a push takes too long, and more again when it gets through', async () => {
  const server = createMemoryServer();
  const writer = await openWriter('push-slow');
  const made = Array.from({ length: 300 }, (_, at) =>
    creation(at + 10, { data: { display_name: `n${at}${'x'.repeat(150)}` } }),
  );
  await addMutations(writer.own, made);
  const sizes: number[] = [];
  const env = {
    api: {
      ...server.api,
      push: (request: PushRequest) => {
        const size = JSON.stringify(request).length;
        sizes.push(size);
        return size > 60_000 ? Promise.reject(new AppError('timeout')) : server.api.push(request);
      },
    },
    writer,
    now: () => 1_700_000_000_000,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => true,
    withLock: <T>(_name: string, work: () => Promise<T>) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
    batchLimits: { bytes: 200_000 },
  };
  for (let tries = 0; tries < 12; tries++) await pushAll(env, () => Promise.resolve()).catch(() => undefined);
  expect(server.effects.size).toBe(300);
  expect(sizes.filter((size) => size > 60_000).length).toBeLessThan(8);
  writer.close();
});
