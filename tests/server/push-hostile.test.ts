import { describe, expect, test } from 'vitest';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers as sellersTable } from '#lib/tables/sellers.ts';
import type { Member } from './server-under-test.ts';
import { addTestMember, engines, useServer } from './server-under-test.ts';
import { mutation, pullPage, push, pushOne } from './sync-client.ts';

const uuid = () => crypto.randomUUID();

async function sellersByName(member: Member): Promise<Record<string, WireSeller>> {
  const page = await pullPage(member, 'sellers', { limit: 10_000 });
  const rows = page.items.map((row) => sellersTable.schema.parse(row));
  return Object.fromEntries(rows.map((row) => [row.display_name, row]));
}

describe.each(engines)('push of odd ids on %s', (engine) => {
  const server = useServer(engine);
  const newMember = () => addTestMember(server.current);

  test('two rows of one create with the same id are that mutation’s rejection, and the next one is applied', async () => {
    const member = await newMember();
    const id = uuid();
    const twice = ['one', 'two'].map((display_name) => ({ id, data: { display_name } }));
    const results = await push(member, [
      { op: 'create', rows: twice },
      { op: 'create', record_ids: [uuid()], data: { display_name: 'good' } },
    ]);
    expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
      ['rejected', 'invalid_data'],
      ['applied', undefined],
    ]);
    expect(Object.keys(await sellersByName(member))).toEqual(['good']);
  });

  test('an id that leads to a seller already never comes to mean another', async () => {
    const member = await newMember();
    const [first, alias] = [uuid(), uuid()];
    await pushOne(member, { op: 'create', record_ids: [first], data: { display_name: 'aaa' } });
    await pushOne(member, { op: 'create', record_ids: [alias], data: { display_name: 'aaa' } });
    const reused = await pushOne(member, { op: 'create', record_ids: [alias], data: { display_name: 'bbb' } });
    expect([reused.status, reused.error?.code]).toEqual(['rejected', 'invalid_data']);
    await pushOne(member, { op: 'flag', record_ids: [alias], data: { flagged: true } });
    const rows = await sellersByName(member);
    expect([Object.keys(rows), rows['aaa']?.flagged]).toEqual([['aaa'], true]);
  });

  test('a repeat whose sender has heard of the server since is a duplicate', async () => {
    const member = await newMember();
    const id = uuid();
    const create = mutation({ op: 'create', record_ids: [id], data: { display_name: 'heard' } });
    expect((await pushOne(member, create)).status).toBe('applied');
    const later = { ...create, seen_at: new Date().toISOString() };
    expect((await pushOne(member, later)).status).toBe('duplicate');
  });

  test('an id is the same in upper and lower case', async () => {
    const member = await newMember();
    const id = uuid();
    const created = await pushOne(member, {
      op: 'create',
      record_ids: [id.toUpperCase()],
      data: { display_name: 'cased' },
    });
    expect([created.status, created.records.map((record) => record.id)]).toEqual(['applied', [id]]);
    const flagged = await pushOne(member, {
      op: 'flag',
      record_ids: [id, id.toUpperCase()],
      data: { flagged: true },
    });
    expect(flagged.records.map((record) => record.id)).toEqual([id]);
  });
});
