import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { createApp } from '#server/app.ts';
import { addTestMember, type Answer, engines, type Member, useServer } from './server-under-test.ts';
import { addSellers, clientId, mutation, push, pushOne, TableCopy } from './sync-client.ts';

interface Route {
  method: string;
  path: string;
}

/** What is ours to find: ids and words that must appear in nothing that the other workspace is answered. */
interface Secrets {
  ids: string[];
  words: string[];
  /** Of mutations of ours that took effect. */
  mutations: ReturnType<typeof mutation>[];
  /** An id of a create that met an existing row. */
  alias: string;
}

const guardedTables = [
  'sellers',
  'activity',
  'activity_targets',
  'collection_runs',
  'collection_run_categories',
  'collection_items',
  'mutations',
  'id_aliases',
  'counters',
  'collection_settings',
  'collection_presets',
  'collection_schedules',
  'seller_views',
  'members',
];

/** Bodies that would do something if the id were of the own workspace. */
function bodiesFor(method: string, path: string, id: string): unknown[] {
  if (method === 'GET') return [undefined];
  if (path === '/sync/push') {
    const push = { client_id: clientId, sent_at: new Date().toISOString() };
    const edits = [
      { op: 'update', data: { note: 'stolen' } },
      { op: 'flag', data: { flagged: true } },
      { op: 'delete', data: { never_again: true } },
      { op: 'restore' },
    ];
    return ['sellers', 'collection-runs', 'activity'].map((table) => ({
      ...push,
      mutations: edits.map((edit) => mutation({ ...edit, table, record_ids: [id] })),
    }));
  }
  if (path === '/collection/settings') return [{ budget_cap_cents: 1234 }];
  if (/\/(presets|schedules)(\/|$)/.test(path)) {
    const times = path.includes('schedules') ? { cron: '0 3 1 * *', time_zone: 'UTC' } : {};
    return [{}, { name: 'stolen', ...times, category_ids: [id] }, { settings: { marketplace: 'EBAY_US' } }];
  }
  if (path === '/seller-views') return [{}, { filter: 'stolen' }];
  if (path.startsWith('/seller-views/')) return [{}, { name: 'stolen', search: 'stolen' }];
  if (path.endsWith('/rerun')) return [{}, { only: 'failed' }];
  if (path.endsWith('/runs') || path.endsWith('/estimate')) return [{ category_ids: [id] }, { [id]: id }];
  return [{}, { budget_cap_cents: 99_999 }];
}

/** An answer without times and ids, so without what differs from one call to the next. */
function comparable({ status, body }: Answer): string {
  return JSON.stringify({ status, body })
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replaceAll(/"server_time":"[^"]+"/g, '');
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
    const alias = crypto.randomUUID();
    const mutations = [
      mutation({ op: 'update', record_ids: ids.slice(0, 1), data: { note: 'topsecret_note' } }),
      mutation({ op: 'create', record_ids: [alias], data: { display_name: 'topsecret_other' } }),
    ];
    await push(ours, mutations);
    const run = await ours.send('POST', '/collection/runs', {
      products: [{ title: 'topsecret_product' }],
      product_source: 'list',
      name: 'topsecret_run',
    });
    expect(run.status).toBe(201);
    const { id: runId } = run.body as { id: string };
    const preset = await ours.send('POST', '/collection/presets', { name: 'topsecret_preset' });
    const schedule = await ours.send('POST', '/collection/schedules', {
      name: 'topsecret_schedule',
      cron: '0 3 1 * *',
      time_zone: 'UTC',
      category_ids: ['pet-cats'],
    });
    const view = await ours.send('POST', '/seller-views', { name: 'topsecret_view', search: 'topsecret' });
    expect([preset.status, schedule.status, view.status]).toEqual([201, 201, 201]);
    const plans = [preset, schedule, view].map(({ body }) => (body as { id: string }).id);
    const { db } = server.current.deps.database;
    const idsOf = async (table: 'activity' | 'collection_items'): Promise<string[]> =>
      (await db.selectFrom(table).select('id').where('org_id', '=', ours.orgId).execute()).map(({ id }) => id);
    const more = [...(await idsOf('activity')), ...(await idsOf('collection_items')), ...mutations.map(({ id }) => id)];
    secrets = {
      ids: [...ids, runId, ...plans, ours.orgId, ours.userId, alias, ...more],
      words: ['topsecret', ours.email],
      mutations,
      alias,
    };
  });

  const fingerprint = async (): Promise<string> => {
    const { db } = server.current.deps.database;
    const parts = await Promise.all(
      guardedTables.map((table) =>
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

  test('no route answers or changes anything of the other, whatever ids and bodies it is given, and an id of the other is as good as none', async () => {
    const before = await fingerprint();
    const tried = (await routes()).filter(({ path }) => path !== '/events');
    expect(tried.length).toBeGreaterThan(10);
    const unknown = crypto.randomUUID();
    for (const { method, path } of tried) {
      const hasId = path.includes('{id}');
      const ask = async (id: string, at: number) => {
        const address = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'table' ? 'sellers' : id));
        return theirs.send(method, address, bodiesFor(method, path, id)[at]);
      };
      for (const at of bodiesFor(method, path, unknown).keys()) {
        const nothing = await ask(unknown, at);
        for (const id of hasId || method !== 'GET' ? secrets.ids : ['']) {
          const answer = await ask(id, at);
          const where = `${method} ${path} ${id} ${at}`;
          expect(leaks(JSON.stringify(answer.body).replaceAll(id === '' ? '\0' : id, '')), where).toEqual([]);
          expect(comparable(answer), where).toEqual(comparable(nothing));
          if (hasId) expect(answer.status, where).toBe(404);
          expect(answer.status, where).toBeLessThan(500);
        }
      }
    }
    expect(await fingerprint()).toBe(before);
  });

  test('lists, searches and every table’s pull show and count their own rows alone', async () => {
    const stranger = await addTestMember(server.current);
    for (const table of ['sellers', 'collection-runs', 'activity']) {
      for (const query of ['', '?include_deleted=true&limit=1']) {
        const { body } = await stranger.get(`/sync/${table}${query}`);
        expect(body, table).toMatchObject({ items: [], has_more: false, remaining: 0 });
      }
      for (const query of ['', '?search=topsecret', `?search=${secrets.ids[0]}`]) {
        const { body } = await stranger.get(`/${table}${query}`);
        expect(body, `${table}${query}`).toMatchObject({ items: [], next_cursor: null });
      }
      const { body } = await ours.get(`/${table}?limit=1`);
      const { next_cursor: cursor } = body as { next_cursor: string | null };
      if (cursor === null) continue;
      const answer = await stranger.get(`/${table}?limit=1&cursor=${cursor}`);
      expect(answer.status === 400 || JSON.stringify(answer.body).includes('"items":[]'), table).toBe(true);
    }
    for (const path of ['/collection/runs', '/collection/runs?status=running']) {
      expect((await stranger.get(path)).body).toEqual({ runs: [], next_cursor: null });
    }
    expect((await stranger.get('/collection/runs/active')).body).toEqual({ run: null });
    // Numbers begin at one, however many the others have.
    const first = await pushOne(stranger, {
      op: 'create',
      record_ids: [crypto.randomUUID()],
      data: { display_name: 'x' },
    });
    expect(first).toMatchObject({ version: 1, records: [{ no: 1, version: 1 }] });
  });

  test('mutations of the other, sent again or with other contents, and ids that it has given to rows mean nothing', async () => {
    const before = await fingerprint();
    const stranger = await addTestMember(server.current);
    const [update, create] = secrets.mutations;
    if (update === undefined || create === undefined) throw new Error('two were made');
    // Not a duplicate, not a mismatch: the ids are free here.
    expect(await push(stranger, [update, create])).toMatchObject([
      { status: 'rejected', error: { code: 'not_found' } },
      { status: 'applied', records: [{ id: secrets.alias, no: 1 }] },
    ]);
    const another = await addTestMember(server.current);
    const other = { ...update, op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'else' } };
    expect(await push(another, [other])).toMatchObject([{ status: 'applied' }]);
    // Here the id is the row's own, in ours it leads to another.
    expect(await pushOne(theirs, { op: 'flag', record_ids: [secrets.alias], data: { flagged: true } })).toMatchObject({
      status: 'rejected',
      error: { code: 'not_found' },
    });
    expect(await fingerprint()).toBe(before);
  });

  test('their event stream tells of their own changes alone', async () => {
    const stop = new AbortController();
    const app = createApp(server.current.deps, { stopping: stop.signal });
    const answer = await app.request('/events', { headers: { authorization: `Bearer ${theirs.token}` } });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    await addSellers(ours, ['topsecret_event']);
    const own = await pushOne(theirs, {
      op: 'create',
      record_ids: [crypto.randomUUID()],
      data: { display_name: 'event' },
    });
    let text = '';
    while (!text.includes(`"version":${own.version}}`)) text += (await reader?.read())?.value ?? '';
    stop.abort();
    for (let more = await reader?.read(); more?.done === false; more = await reader?.read()) text += more.value;
    expect(leaks(text)).toEqual([]);
    expect(text.match(/event: change/g)).toHaveLength(2);
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
    expect([...copy.rows.values()].flatMap(({ note }) => note ?? [])).toEqual(['topsecret_note']);
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
