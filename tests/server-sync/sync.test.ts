import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMeta } from '#lib/store/own-database.ts';
import { readSyncStatus } from '#lib/sync/status.ts';
import { addTestMember, type Member, useServer as serverOfFile } from '#tests/server/server-under-test.ts';
import { type Fault, openTestClient, type TestClient } from './test-client.ts';

const holder = serverOfFile('pglite');

async function team(): Promise<{ member: Member; a: TestClient; b: TestClient }> {
  const member = await addTestMember(holder.current);
  const colleague = await addTestMember(holder.current, { orgId: member.orgId });
  return {
    member,
    a: await openTestClient(holder.current, member),
    b: await openTestClient(holder.current, colleague),
  };
}

/** What a client that has never synced gets: the server's rows. */
async function serverRows(member: Member): Promise<unknown[]> {
  const fresh = await openTestClient(holder.current, member);
  await fresh.sync();
  const rows = await fresh.rows();
  fresh.close();
  return rows;
}

type Step = { who: 'a' | 'b'; act: 'create' | 'flag' | 'rename' | 'delete' | 'sync'; pick: number; faults: Fault[] };
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom('a' as const, 'b' as const),
  act: fc.constantFrom(
    'create' as const,
    'flag' as const,
    'rename' as const,
    'delete' as const,
    'sync' as const,
    'sync' as const,
  ),
  pick: fc.nat(1000),
  faults: fc.array(fc.constantFrom<Fault>('none', 'none', 'request lost', 'answer lost'), { maxLength: 8 }),
});

it('has two browsers and the server agree, whatever calls are lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const { member, ...clients } = await team();
      const saved: string[] = [];
      for (const { who, act, pick, faults } of steps) {
        const client = clients[who];
        const known = await client.rows();
        const row = known[pick % Math.max(known.length, 1)];
        const targets = row === undefined ? [] : [{ id: row.id, no: row.no }];
        if (act === 'create') await client.create(`Seller_${pick % 5}`);
        else if (act === 'sync') {
          client.faults = [...faults];
          await client.sync();
        } else if (targets.length > 0) {
          const data =
            act === 'flag' ? { flagged: pick % 2 === 0 } : act === 'rename' ? { display_name: `Name_${pick % 7}` } : {};
          saved.push(await client.edit(act === 'rename' ? 'update' : act, targets, data));
        }
      }
      for (const client of [clients.a, clients.b, clients.a]) {
        client.faults = [];
        await client.sync();
      }
      const expected = await serverRows(member);
      for (const client of [clients.a, clients.b]) {
        expect(await client.writer.own.outbox.count()).toBe(0);
        expect(await client.rows()).toEqual(expected);
        client.close();
      }
    }),
    { numRuns: 10 },
  );
  expect(holder.current.errors).toEqual([]);
}, 180_000);

it('gives a creation whose name is taken to the row that has it, later edits of it too', async () => {
  const { a, b } = await team();
  await a.create('Anna');
  await a.sync();
  const target = await b.create(' anna ');
  await b.edit('flag', [target], { flagged: true });
  b.faults = ['answer lost', 'answer lost'];
  await b.sync();
  // A page that still knows only its own handle edits once more.
  await b.edit('update', [target], { note: 'kept' });
  await b.sync();
  await a.sync();
  expect(await a.rows()).toMatchObject([{ normalized_name: 'anna', flagged: true, note: 'kept' }]);
  expect(await b.rows()).toEqual(await a.rows());
  expect(await b.writer.own.outbox.count()).toBe(0);
  expect((await b.writer.own.aliases.toArray()).map(({ requested_id }) => requested_id)).toEqual([target.id]);
});

it('moves what the server refuses to attention and lets the rest through', async () => {
  const { a } = await team();
  await a.create('One');
  await a.create('Two');
  await a.sync();
  const [two, one] = await a.rows();
  if (one === undefined || two === undefined) throw new Error('two rows were expected');
  const refused = await a.edit('update', [{ id: two.id, no: two.no }], { display_name: 'One' });
  await a.edit('flag', [{ id: one.id, no: one.no }], { flagged: true });
  await a.sync();
  expect(await a.writer.own.attention.toArray()).toMatchObject([
    { id: refused, data: { display_name: 'One' }, error: { code: 'name_taken' } },
  ]);
  expect(await a.rows()).toMatchObject([{ display_name: 'Two' }, { display_name: 'One', flagged: true }]);
  expect(await readSyncStatus(a.writer.own, true, Date.now())).toMatchObject({
    state: 'attention',
    waiting: 0,
    attention: 1,
  });
});

it('builds a fresh base beside the old one when its cursors are refused, and keeps the outbox', async () => {
  const { member, a } = await team();
  await a.create('Before');
  await a.sync();
  const cursor = await a.writer.base.cursors.get('sellers');
  if (cursor === undefined) throw new Error('no cursor');
  await a.writer.base.cursors.put({ ...cursor, cursor: `x${cursor.cursor}` });
  await a.create('Waiting');
  await a.sync();
  expect(await readMeta(a.writer.own, 'sync')).toMatchObject({ error: null });
  expect(await readMeta(a.writer.own, 'base')).toMatchObject({ generation: 2, building: null });
  expect(await a.rows()).toEqual(await serverRows(member));
  expect((await a.rows()).map((row) => row['display_name'])).toEqual(['Waiting', 'Before']);
  expect(await a.writer.own.outbox.count()).toBe(0);
});

it('keeps the outbox when the token is revoked, and says so', async () => {
  const { member, a } = await team();
  await a.sync();
  const left = await member.send('POST', '/api/auth/sign-out', {});
  expect(left.status).toBe(200);
  await a.create('Unsent');
  await a.sync();
  expect(a.signedOut).toBe(true);
  expect(await a.writer.own.outbox.toArray()).toMatchObject([{ state: 'waiting', data: { display_name: 'Unsent' } }]);
  expect(await readSyncStatus(a.writer.own, false, Date.now())).toMatchObject({
    state: 'signed_out',
    waiting: 1,
    error: { code: 'unauthorized' },
  });
});
