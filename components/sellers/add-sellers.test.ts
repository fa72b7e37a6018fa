import { expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { mutationSchemas } from '#lib/tables/wire-schemas.ts';
import { type Addition, addSellers } from './add-sellers.ts';

const names = Array.from({ length: 4_001 }, (_, at) => `shop ${at}`);

/** A background that takes `most` commands, and a server that has refused some of them. */
function setUp(most = Infinity) {
  const sent: Addition[] = [];
  const refused: { id: string }[] = [];
  const options = {
    send: (mutations: Addition[]) =>
      sent.length < most ? Promise.resolve(sent.push(...mutations)) : Promise.reject(new AppError('storage_full')),
    refused: () => Promise.resolve(refused),
    now: () => 7,
    newId: () => crypto.randomUUID(),
  };
  return { sent, refused, options };
}

it('adds in entries of 2,000 whose rows the table takes, and deletes exactly those again', async () => {
  const { sent, options } = setUp();
  const told: number[] = [];
  const change = await addSellers(options, names, (done) => told.push(done));
  expect(told).toEqual([2000, 4000, 4001]);
  expect(change).toMatchObject({ sellers: 4001, failure: null });
  expect(sent.flatMap(({ rows }) => rows?.map((row) => mutationSchemas(sellers).create?.parse(row)))).toEqual(
    names.map((display_name) => ({ display_name, source: 'manual' })),
  );
  const created = sent.splice(0).map(({ targets }) => targets);
  expect(new Set(created.flat().map(({ id }) => id)).size).toBe(4001);
  expect(created.flat().every(({ no }) => no < 0)).toBe(true);
  await change.undo();
  expect(sent.map(({ op, targets }) => [op, targets])).toEqual(created.map((targets) => ['delete', targets]));
  expect(sent.map(({ data }) => mutationSchemas(sellers).delete?.parse(data))).toEqual(
    created.map(() => ({ own_ids: true })),
  );
});

it('says how many it could store when the disk became full half-way, and throws when it was none', async () => {
  const { sent, options } = setUp(1);
  const change = await addSellers(options, names, () => undefined);
  expect(change).toMatchObject({ sellers: 2000, failure: { code: 'storage_full' } });
  expect(sent).toHaveLength(1);
  await expect(addSellers(options, names, () => undefined)).rejects.toMatchObject({ code: 'storage_full' });
});

it('leaves alone what the server has refused', async () => {
  const { sent, refused, options } = setUp();
  const change = await addSellers(options, names, () => undefined);
  refused.push({ id: sent[1]?.id ?? '' });
  const created = sent.splice(0).map(({ targets }) => targets);
  await change.undo();
  expect(sent.map(({ targets }) => targets)).toEqual([created[0], created[2]]);
  const none = await addSellers(options, ['one'], () => undefined);
  refused.push({ id: sent.at(-1)?.id ?? '' });
  await expect(none.undo()).rejects.toMatchObject({ code: 'nothing_to_undo' });
});
