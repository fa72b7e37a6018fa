import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { addSellers, clientId, mutation, pushOne, TableCopy } from './sync-client.ts';

interface Route {
  method: string;
  path: string;
}

/** What is ours to find: ids and words that must appear in nothing that the other workspace is answered. */
interface Secrets {
  ids: string[];
  words: string[];
}

describe.each(engines)('two workspaces on %s', (engine) => {
  const server = useServer(engine);
  let ours: Member;
  let theirs: Member;
  let secrets: Secrets;
  beforeAll(async () => {
    ours = await addTestMember(server.current);
    theirs = await addTestMember(server.current);
    const ids = await addSellers(ours, ['topsecret_seller', 'topsecret_other']);
    await pushOne(ours, { op: 'update', record_ids: ids.slice(0, 1), data: { note: 'topsecret_note' } });
    const run = await ours.send('POST', '/collection/runs', {
      products: [{ title: 'topsecret_product' }],
      product_source: 'list',
      name: 'topsecret_run',
    });
    expect(run.status).toBe(201);
    const { id: runId } = run.body as { id: string };
    const entries = await server.current.deps.database.db
      .selectFrom('activity')
      .select('id')
      .where('org_id', '=', ours.orgId)
      .execute();
    secrets = {
      ids: [...ids, runId, ours.orgId, ours.userId, ...entries.map(({ id }) => id)],
      words: ['topsecret', ours.email],
    };
  });

  const fingerprint = async (): Promise<string> => {
    const { db } = server.current.deps.database;
    const tables = [
      'sellers',
      'activity',
      'collection_runs',
      'collection_items',
      'mutations',
      'collection_settings',
      'members',
    ];
    const parts = await Promise.all(
      tables.map((table) =>
        sql<{
          all: string;
        }>`select md5(string_agg(t::text, '|' order by t::text)) as all from ${sql.table(table)} t where org_id = ${ours.orgId}`.execute(
          db,
        ),
      ),
    );
    return JSON.stringify(parts.map(({ rows }) => rows));
  };

  const leaks = (text: string): string[] =>
    [...secrets.ids, ...secrets.words].filter((secret) => text.includes(secret));

  /** Every route of the API's own description, so that a new one is tried too. */
  const routes = async (): Promise<Route[]> => {
    const { body } = await theirs.get('/openapi.json');
    const { paths } = body as { paths: Record<string, object> };
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
    );
  };

  test('no route answers or changes anything of the other, whatever ids it is given', async () => {
    const before = await fingerprint();
    const tried = (await routes()).filter(({ path }) => path !== '/events');
    expect(tried.length).toBeGreaterThan(10);
    for (const { method, path } of tried) {
      for (const id of path.includes('{') ? secrets.ids : ['']) {
        const address = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'table' ? 'sellers' : id));
        const answer = await theirs.send(method, address, method === 'GET' ? undefined : {});
        expect(
          leaks(JSON.stringify(answer.body).replaceAll(id === '' ? '\0' : id, '')),
          `${method} ${address}`,
        ).toEqual([]);
        if (path.includes('{id}')) expect(answer.status, `${method} ${address}`).toBe(404);
        expect(answer.status, `${method} ${address}`).toBeLessThan(500);
      }
    }
    expect(await fingerprint()).toBe(before);
  });

  test('no mutation reaches the other’s rows, and none tells whether they exist', async () => {
    const before = await fingerprint();
    const [theirOwn = ''] = await addSellers(theirs, ['their own']);
    const unknown = crypto.randomUUID();
    for (const op of ['update', 'flag', 'delete', 'restore']) {
      const data = op === 'flag' ? { flagged: true } : op === 'update' ? { note: 'stolen' } : {};
      for (const id of secrets.ids) {
        const foreign = await pushOne(theirs, { op, record_ids: [id], data });
        const nothing = await pushOne(theirs, { op, record_ids: [unknown], data });
        expect([foreign.status, foreign.error]).toEqual([nothing.status, nothing.error]);
      }
      const mixed = await pushOne(theirs, { op, record_ids: [...secrets.ids, theirOwn], data });
      if (op !== 'restore')
        expect(mixed.missing).toEqual(op === 'delete' || op === 'flag' || op === 'update' ? secrets.ids : []);
    }
    const same = await pushOne(theirs, {
      op: 'create',
      record_ids: secrets.ids.slice(0, 1),
      data: { display_name: 'topsecret_seller' },
    });
    expect(same).toMatchObject({ status: 'applied', records: [{ id: secrets.ids[0] }] });
    expect(await fingerprint()).toBe(before);
    const copy = new TableCopy();
    await copy.drain(ours, 'sellers');
    expect([...copy.rows.values()].map(({ note }) => note).sort()).toEqual([null, 'topsecret_note'].sort());
  });

  test('their cursor and their workspace’s id open nothing', async () => {
    const { body } = await ours.get('/sync/sellers');
    const { next_cursor: cursor } = body as { next_cursor: string };
    expect((await theirs.get(`/sync/sellers?cursor=${cursor}`)).error?.code).toBe('invalid_cursor');
    expect((await theirs.get('/sync/sellers', { 'x-org-id': ours.orgId })).status).toBe(404);
    const push = {
      client_id: clientId,
      sent_at: new Date().toISOString(),
      mutations: [mutation({ op: 'flag', record_ids: secrets.ids, data: { flagged: true } })],
    };
    expect((await theirs.send('POST', '/sync/push', push, { 'x-org-id': ours.orgId })).status).toBe(404);
  });

  test('the database itself keeps workspaces apart, even when a query names none', async () => {
    const { db } = server.current.deps.database;
    const counts = await inOrg(db, theirs.orgId, async (tx) => {
      const { rows } = await sql<{ org_id: string }>`select distinct org_id from sellers`.execute(tx);
      return rows.map(({ org_id }) => org_id);
    });
    expect(counts).toEqual([theirs.orgId]);
    const none = await db.transaction().execute(async (tx) => {
      await sql`select set_config('role', 'sellerdex_app', true)`.execute(tx);
      return tx.selectFrom('sellers').select('id').execute();
    });
    expect(none).toEqual([]);
    const foreign = inOrg(db, theirs.orgId, (tx) =>
      tx.insertInto('counters').values({ org_id: ours.orgId, name: 'x' }).execute(),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
    const account = inOrg(db, theirs.orgId, (tx) => sql`select * from session`.execute(tx));
    await expect(account).rejects.toThrow(/permission denied/);
    const escape = inOrg(db, theirs.orgId, (tx) => sql`alter table sellers disable row level security`.execute(tx));
    await expect(escape).rejects.toThrow(/owner/);
  });
});
