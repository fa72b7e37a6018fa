import { describe, expect, test } from 'vitest';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers as sellersTable } from '#lib/tables/sellers.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import type { Member } from './server-under-test.ts';
import { addTestMember, engines, useServer } from './server-under-test.ts';
import { mutation, pullPage, push, pushOne } from './sync-client.ts';

const uuid = () => crypto.randomUUID();

async function sellersByName(member: Member): Promise<Record<string, WireSeller>> {
  const page = await pullPage(member, 'sellers', { limit: 10_000 });
  const rows = page.items.map((row) => rowSchema(sellersTable).parse(row));
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

  test('values that only the database refuses reject their mutation, not its neighbours, and are logged without the values', async () => {
    const member = await newMember();
    const { database } = server.current.deps;
    await database.script((run) =>
      run("alter table sellers add constraint calm check (note is distinct from 'trouble')"),
    );
    const ids = Array.from({ length: 40 }, uuid);
    const creates = ids.map((id, n) => {
      const data = { display_name: `seller ${n}`, ...(n % 20 === 7 ? { note: 'trouble' } : {}) };
      return mutation({ op: 'create', record_ids: [id], data });
    });
    const results = await push(member, [...creates, { op: 'flag', record_ids: ids, data: { flagged: true } }]);
    const rejected = creates.map((_, n) => n).filter((n) => n % 20 === 7);
    for (const [n, { status, error }] of results.entries()) {
      const expected = rejected.includes(n) ? ['rejected', 'invalid_data'] : ['applied', undefined];
      expect([status, error?.code], `mutation ${n}`).toEqual(expected);
    }
    expect(results.at(-1)?.missing).toEqual(rejected.map((n) => ids[n]));
    const rows = Object.values(await sellersByName(member));
    expect([rows.length, rows.every(({ flagged }) => flagged)]).toEqual([ids.length - rejected.length, true]);
    const entries = await pullPage(member, 'activity', { limit: 1000 });
    expect(entries.items).toHaveLength(rows.length + 1);
    expect(server.current.warnings).toHaveLength(rejected.length);
    expect(server.current.warnings[0]).toMatchObject({ kind: 'sellers.create', code: '23514', constraint: 'calm' });
    expect(JSON.stringify(server.current.warnings)).not.toContain('trouble');
    // Once it may be, the same mutation is judged again.
    await database.script((run) => run('alter table sellers drop constraint calm'));
    expect((await pushOne(member, creates[7] ?? mutation({ op: '' }))).status).toBe('applied');
  });

  test('the same mutation twice in a call takes effect once, whatever the case of its ids; another of its id is refused', async () => {
    const member = await newMember();
    const id = uuid();
    const create = mutation({ op: 'create', record_ids: [id], data: { display_name: 'twice' } });
    const upper = { ...create, id: create.id.toUpperCase(), record_ids: [id.toUpperCase()] };
    const other = { ...create, data: { display_name: 'other' } };
    const results = await push(member, [create, upper, other]);
    expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
      ['applied', undefined],
      ['duplicate', undefined],
      ['rejected', 'idempotency_mismatch'],
    ]);
    const rows = { op: 'create', rows: [{ id: uuid(), data: { display_name: 'in rows' } }] };
    const many = mutation(rows);
    const [row] = rows.rows;
    const again = { ...many, rows: [{ ...row, id: row?.id.toUpperCase() ?? '', data: row?.data ?? {} }] };
    expect((await push(member, [many, again])).map(({ status }) => status)).toEqual(['applied', 'duplicate']);
    expect(Object.keys(await sellersByName(member)).toSorted()).toEqual(['in rows', 'twice']);
  });
});
