import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { pushAnswer } from '#lib/protocol/push.ts';
import { advanceCounter, lockCounter } from '#server/db/counters.ts';
import { inOrg, readInOrg, type Tx } from '#server/db/in-org.ts';
import type { Db } from '#server/db/open-database.ts';
import { addTestMember, type Member, openServer, useServer } from './server-under-test.ts';
import { addSellers, clientId, mutation, type MutationInput, pullPage, pushOne, TableCopy } from './sync-client.ts';

// Transactions get in each other's way on a database of many connections only.
const server = useServer('postgres');
const db = (): Db => server.current.deps.database.db;

/** Holds the workspace's counter from a connection of its own until the returned function is called. */
async function holdCounter(orgId: string): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const done = db()
    .transaction()
    .execute(async (tx) => {
      await lockCounter(tx, orgId);
      held.resolve();
      await release.promise;
    });
  await held.promise;
  return async () => {
    release.resolve();
    await done;
  };
}

function send(member: Member, mutations: readonly MutationInput[]) {
  const body = { client_id: clientId, sent_at: new Date().toISOString(), mutations: mutations.map(mutation) };
  return member.send('POST', '/sync/push', body);
}

test('a push waits for another writer, longer than one lock may take too', async () => {
  const member = await addTestMember(server.current);
  const release = await holdCounter(member.orgId);
  const pushed = pushOne(member, { op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'waited' } });
  const reads = await pullPage(member, 'sellers');
  expect(reads.items).toEqual([]);
  await sleep(3500);
  await release();
  expect((await pushed).status).toBe('applied');
});

test('a push that gets no turn answers 503 and when to come back, within 10 s, and has done nothing', async () => {
  const member = await addTestMember(server.current);
  const release = await holdCounter(member.orgId);
  const create = mutation({ op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'later' } });
  const began = performance.now();
  const refused = await send(member, [create]);
  expect([refused.status, refused.error?.code]).toEqual([503, 'unavailable']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  await release();
  expect((await pullPage(member, 'sellers')).items).toEqual([]);
  expect(await pushOne(member, create)).toMatchObject({ status: 'applied', version: 1 });
  expect(await pushOne(member, create)).toMatchObject({ status: 'duplicate', version: 1 });
});

test('of two transactions that lock each other out one is tried again, and both take effect once', async () => {
  const member = await addTestMember(server.current);
  const ids = await addSellers(member, ['one', 'two']);
  const seen = (tx: Tx, id: string) =>
    tx
      .updateTable('sellers')
      .set((row) => ({ times_seen: row('times_seen', '+', 1) }))
      .where('id', '=', id)
      .execute();
  const both = Promise.withResolvers<void>();
  let tries = 0;
  const touch = (order: readonly string[]) =>
    inOrg(db(), member.orgId, async (tx) => {
      tries += 1;
      const [first = '', second = ''] = order;
      await seen(tx, first);
      if (tries === 2) both.resolve();
      await both.promise;
      await seen(tx, second);
    });
  await Promise.all([touch(ids), touch(ids.toReversed())]);
  expect(tries).toBe(3);
  const rows = await inOrg(db(), member.orgId, (tx) => tx.selectFrom('sellers').select('times_seen').execute());
  expect(rows).toEqual([{ times_seen: 3 }, { times_seen: 3 }]);
});

test('a page is of one moment: what is committed while it is read comes with the next', async () => {
  const member = await addTestMember(server.current);
  const other = await addTestMember(server.current);
  const [first = ''] = await addSellers(member, ['first']);
  await addSellers(other, ['not mine']);
  const read = (tx: Tx) => tx.selectFrom('sellers').select(['display_name', 'flagged']).execute();
  const [before, after] = await readInOrg(db(), member.orgId, async (tx) => {
    const seen = await read(tx);
    await pushOne(member, { op: 'flag', record_ids: [first], data: { flagged: true } });
    await addSellers(member, ['second']);
    return [seen, await read(tx)];
  });
  expect(before).toEqual([{ display_name: 'first', flagged: false }]);
  expect(after).toEqual(before);
  const write = readInOrg(db(), member.orgId, (tx) => tx.deleteFrom('sellers').execute());
  await expect(write).rejects.toMatchObject({ code: '25006' });
  expect((await pullPage(member, 'sellers')).items).toHaveLength(2);
});

test('on a database whose transactions are serializable, a refused one is tried again and 8 writers all come through', async () => {
  const url = (await server.newDatabase()) ?? '';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  await client.query(`alter database ${name} set default_transaction_isolation = 'serializable'`);
  await client.end();
  const strict = await openServer(url);
  try {
    const { database } = strict.deps;
    const member = await addTestMember(strict);
    let tries = 0;
    const value = await inOrg(database.db, member.orgId, async (tx) => {
      tries += 1;
      const { rows } = await sql<{ level: string; value: number }>`
        select current_setting('transaction_isolation') as level, value from counters where name = 'version'`.execute(
        tx,
      );
      expect(rows).toMatchObject([{ level: 'serializable' }]);
      if (tries === 1) await addSellers(member, ['meanwhile']);
      const next = (rows[0]?.value ?? 0) + 1;
      await advanceCounter(tx, member.orgId, next);
      return next;
    });
    expect([tries, value]).toEqual([2, 3]);

    const mine = (writer: number) =>
      mutation({ op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: `writer ${writer}` } });
    const untilApplied = async (create: MutationInput): Promise<string> => {
      for (;;) {
        const answer = await send(member, [create]);
        if (answer.status === 200) return pushAnswer.parse(answer.body).results[0]?.status ?? '';
        expect(answer.status).toBe(503);
      }
    };
    const statuses = await Promise.all(Array.from({ length: 8 }, (_, writer) => untilApplied(mine(writer))));
    expect(new Set(statuses)).toEqual(new Set(['applied']));
    const copy = new TableCopy();
    await copy.drain(member, 'sellers');
    expect(copy.rows.size).toBe(9);
  } finally {
    await strict.close();
  }
});

test('8 writers that push the same mutations at once make exactly one effect of each', async () => {
  const member = await addTestMember(server.current);
  const [id = ''] = await addSellers(member, ['shared']);
  const creates = Array.from({ length: 12 }, (_, n) =>
    mutation({ op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: `new ${n}` } }),
  );
  const flags = [true, false, true].map((flagged) => mutation({ op: 'flag', record_ids: [id], data: { flagged } }));
  const batch = [...creates, ...flags, mutation({ op: 'delete', record_ids: [id] })];
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(member, batch)));
  const results = answers.map(({ body }) => pushAnswer.parse(body).results);
  for (const at of batch.keys()) {
    const statuses = results.map((each) => each[at]?.status).toSorted();
    expect(statuses).toEqual(['applied', ...Array.from({ length: 7 }, () => 'duplicate')]);
    expect(new Set(results.map((each) => each[at]?.version)).size).toBe(1);
  }
  const copy = new TableCopy();
  await copy.drain(member, 'sellers');
  expect([...copy.rows.values()].map((row) => row.display_name).toSorted()).toEqual(
    creates.map(({ data }) => String(data?.['display_name'])).toSorted(),
  );
  // One entry for each mutation that changed something, the first create of all included.
  expect((await pullPage(member, 'activity')).items).toHaveLength(batch.length + 1);
});

test('a push that takes too long answers 503 within 10 s; sent again, it goes on where it was', async () => {
  const slow = await openServer(await server.newDatabase());
  try {
    const member = await addTestMember(slow);
    await slow.deps.database.script((run) =>
      run(`create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(0.04); return new; end';
        create trigger dawdle before insert on sellers for each row execute function dawdle()`),
    );
    const batch = Array.from({ length: 300 }, (_, n) =>
      mutation({ op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: `slow ${n}` } }),
    );
    const began = performance.now();
    const first = await send(member, batch);
    expect([first.status, first.error?.code]).toEqual([503, 'unavailable']);
    expect(performance.now() - began).toBeLessThan(10_000);
    const countDone = async () => (await pullPage(member, 'sellers')).items.length;
    for (;;) {
      const done = await countDone();
      expect(done).toBeGreaterThan(0);
      const again = await send(member, batch);
      if (again.status === 503) {
        // On a busy computer it takes more than two calls; each of them gets further.
        expect(await countDone()).toBeGreaterThan(done);
        continue;
      }
      const statuses = pushAnswer.parse(again.body).results.map(({ status }) => status);
      expect(statuses).toEqual(batch.map((_, at) => (at < done ? 'duplicate' : 'applied')));
      break;
    }
    const copy = new TableCopy();
    await copy.drain(member, 'sellers');
    expect(copy.rows.size).toBe(batch.length);
  } finally {
    await slow.close();
  }
});
