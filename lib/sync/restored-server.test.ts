import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { findSellers } from '#lib/store/find-sellers.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createMemoryServer, type MemoryServer } from '#tests/helpers/memory-server.ts';
import { createSyncLoop } from './sync-loop.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const id = '20000000-0000-4000-8000-000000000001';
const added: NewMutation = {
  id: '10000000-0000-4000-8000-000000000001',
  table: 'sellers',
  op: 'create',
  targets: [{ id, no: creationHandle(id) }],
  data: { display_name: 'Fresh' },
  edited_at: NOW,
};
const flagged: NewMutation = {
  id: '10000000-0000-4000-8000-000000000002',
  table: 'sellers',
  op: 'flag',
  targets: [{ id: sellerId(1), no: 1 }],
  data: { flagged: true },
  edited_at: NOW,
};

async function sync(server: MemoryServer, writer: StoreWriter, now = NOW, pulls = true, pushes = true): Promise<void> {
  await createSyncLoop({
    api: {
      push: (request) => (pushes ? server.api.push(request) : Promise.reject(new AppError('internal'))),
      pull: (table, options) => (pulls ? server.api.pull(table, options) : Promise.reject(new AppError('unreachable'))),
    },
    writer,
    now: () => now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => false,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  }).request(true);
}

async function start(name: string): Promise<{ server: MemoryServer; writer: StoreWriter }> {
  const server = createMemoryServer();
  for (let no = 0; no < 5; no++) server.add(wireSeller(no, 0));
  const writer = await openWriter(name);
  await sync(server, writer);
  return { server, writer };
}

it('sends again what the server confirmed and then lost before it was pulled', async () => {
  const { server, writer } = await start('restored');
  const restore = server.backUp();
  await addMutations(writer.own, [added, flagged]);
  await sync(server, writer, NOW, false);
  expect((await writer.own.outbox.toArray()).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  restore();
  expect([...server.rows.values()].some(({ display_name }) => display_name === 'Fresh')).toBe(false);

  await sync(server, writer);
  const rows = [...server.rows.values()];
  expect(rows.filter(({ display_name }) => display_name === 'Fresh')).toHaveLength(1);
  expect(server.rows.get(sellerId(1))?.flagged).toBe(true);
  expect(await writer.own.outbox.count()).toBe(0);
  expect(await writer.own.attention.count()).toBe(0);
  const held = await readTableOf(writer.base, 'sellers');
  expect(held.map(({ id: at }) => at).toSorted()).toEqual(rows.map(({ id: at }) => at).toSorted());
  writer.close();
});

it('shows the edit of a row that a restored server has lost on no other row', async () => {
  const { server, writer } = await start('lost row');
  const restore = server.backUp();
  await addMutations(writer.own, [added]);
  await sync(server, writer);
  const [made] = (await readTableOf(writer.base, 'sellers')).filter((row) => row['display_name'] === 'Fresh');
  restore();
  server.add(wireSeller(made?.no ?? 0, 0));
  const edit = { ...flagged, targets: [{ id, no: made?.no ?? 0 }] };
  await addMutations(writer.own, [edit]);
  // The push fails, so that the edit still waits when the fresh base is read.
  await sync(server, writer, NOW, true, false);
  expect((await readTableOf(writer.base, 'sellers')).some(({ id: held }) => held === id)).toBe(false);
  expect((await writer.own.outbox.toArray()).map(({ targets }) => targets)).toEqual([[{ id, no: creationHandle(id) }]]);
  expect(await writer.own.aliases.count()).toBe(0);
  const shown = await findSellers(writer.own, writer.base, [wireSeller(made?.no ?? 0, 0).normalized_name]);
  expect([...shown.values()].map((row) => row.flagged)).toEqual([wireSeller(made?.no ?? 0, 0).flagged]);
  await sync(server, writer);
  expect(await writer.own.attention.count()).toBe(1);
  writer.close();
});

it('knows a name no more once its addition is taken back, but one that a colleague had', async () => {
  const { server, writer } = await start('taken back');
  const theirs = '20000000-0000-4000-8000-000000000002';
  const again: NewMutation = {
    ...added,
    id: '10000000-0000-4000-8000-000000000003',
    targets: [{ id: theirs, no: creationHandle(theirs) }],
    data: { display_name: 'Seller_3' },
  };
  const undo = (number: number, target: string): NewMutation => ({
    id: `10000000-0000-4000-8000-00000000000${number}`,
    table: 'sellers',
    op: 'delete',
    targets: [{ id: target, no: creationHandle(target) }],
    data: { own_ids: true },
    edited_at: NOW,
  });
  const known = async () => [...(await findSellers(writer.own, writer.base, ['fresh', 'seller_3'])).keys()].toSorted();
  await addMutations(writer.own, [added]);
  await sync(server, writer);
  expect(await known()).toEqual(['fresh', 'seller_3']);
  await addMutations(writer.own, [undo(4, id), again, undo(5, theirs)]);
  expect(await known()).toEqual(['seller_3']);
  writer.close();
});

it('knows a name that a colleague had also while its addition, which the server has answered, is taken back', async () => {
  const { server, writer } = await start('taken back later');
  const theirs = '20000000-0000-4000-8000-000000000002';
  const targets = [{ id: theirs, no: creationHandle(theirs) }];
  await addMutations(writer.own, [{ ...added, targets, data: { display_name: 'Seller_3' } }]);
  await sync(server, writer);
  expect((await writer.own.aliases.get(theirs))?.id).not.toBe(theirs);
  const undo = {
    ...added,
    id: '10000000-0000-4000-8000-000000000006',
    op: 'delete' as const,
    targets,
    data: { own_ids: true },
  };
  await addMutations(writer.own, [undo]);
  expect([...(await findSellers(writer.own, writer.base, ['seller_3'])).keys()]).toEqual(['seller_3']);
  writer.close();
});

it('takes a command that is repeated after its effect was pulled as done', async () => {
  const { server, writer } = await start('repeated');
  await addMutations(writer.own, [added, flagged]);
  await sync(server, writer);
  await addMutations(writer.own, [added, flagged]);
  await sync(server, writer);
  expect(server.effects.get(added.id)).toBe(1);
  expect(await writer.own.outbox.count()).toBe(0);
  expect(await writer.own.attention.count()).toBe(0);
  expect(await readTableOf(writer.base, 'sellers')).toHaveLength(6);
  writer.close();
});

it('forgets after a day what a create was resolved to', async () => {
  const { server, writer } = await start('aliases');
  await addMutations(writer.own, [added]);
  await sync(server, writer);
  await sync(server, writer, NOW + DAY);
  expect(await writer.own.aliases.count()).toBe(1);
  await sync(server, writer, NOW + DAY + 1);
  expect(await writer.own.aliases.count()).toBe(0);
  writer.close();
});
