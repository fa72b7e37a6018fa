import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerEvent } from '#lib/protocol/events.ts';
import { pullAnswer } from '#lib/protocol/pull.ts';
import { createApp } from '#server/app.ts';
import { ensureAccount } from '#server/auth/accounts.ts';
import { addMember } from '#server/auth/workspaces.ts';
import { permissionsOf } from '#server/auth/permissions.ts';
import type { Who } from '#server/http/app-env.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';
import { scriptedSource } from './scripted-source.ts';

describe('two members whose runs go on at the same time', () => {
  let database: RunDatabase;
  let world: World;
  let app: ReturnType<typeof createApp>;
  const people = new Map<string, { who: Who; token: string; heard: ServerEvent[] }>();
  const hold = Promise.withResolvers<void>();

  beforeAll(async () => {
    database = await openRunDatabase();
    world = await openWorld(database);
    const source = scriptedSource(async ({ title, page }) => {
      if (page === 2) await hold.promise;
      return { names: [`seller of ${title}`, 'common'], has_more: page === 1 };
    });
    const runs = world.withSource(source);
    app = createApp(database, { runs, engine: await world.startEngine(runs) });
    for (const name of ['ann', 'ben']) {
      const email = `${name}@example.com`;
      const userId = await ensureAccount(database.auth, email, 'correct horse battery');
      await addMember(world.db, world.orgId, userId, 'member', Date.now);
      const who = { ...world.member, userId, userName: name, email, permissions: permissionsOf('member') };
      const answer = await app.request('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'correct horse battery' }),
      });
      const { token } = (await answer.json()) as { token: string };
      const heard: ServerEvent[] = [];
      world.hub.subscribe(who, (message) => heard.push(message));
      people.set(name, { who, token, heard });
    }
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const person = (name: string) => people.get(name) ?? expect.fail();
  const send = async (name: string, path: string, body?: unknown) => {
    const answer = await app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${person(name).token}`,
        'x-org-id': world.orgId,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const pull = async (name: string, table: string) =>
    pullAnswer.parse(JSON.parse((await send(name, `/sync/${table}?limit=1`)).text));
  /** Everything that a member can ask for where a run could show. */
  const everywhere = [
    '/collection/runs',
    '/collection/runs?status=running',
    '/collection/runs/active',
    '/collection-runs',
    '/collection-runs?search=run',
    '/activity',
    '/activity?search=run',
    '/sync/collection-runs',
    '/sync/collection-runs?include_deleted=true',
    '/sync/activity',
    '/collection/categories',
  ];

  it('learn nothing of each other’s run, anywhere, until it has ended; then both know both', async () => {
    const ids = new Map<string, string>();
    for (const name of ['ann', 'ben']) {
      const products = ['one', 'two'].map((title) => ({ title: `${name} ${title}` }));
      const request = { name: `secret of ${name}`, products, seller_source: 'scripted' };
      const made = await send(name, '/collection/runs', request);
      expect(made.status).toBe(201);
      ids.set(name, (JSON.parse(made.text) as { id: string }).id);
    }
    const idOf = (name: string) => ids.get(name) ?? expect.fail();
    for (const name of ['ann', 'ben']) {
      await world.until(idOf(name), 'first pages', ({ sellers_found }) => sellers_found === 3);
    }

    for (const [name, other] of [
      ['ann', 'ben'],
      ['ben', 'ann'],
    ] as const) {
      const isOther = (text: string) => text.includes(idOf(other)) || text.includes(`secret of ${other}`);
      for (const path of everywhere) {
        const answer = await send(name, path);
        expect([path, answer.status, isOther(answer.text)]).toEqual([path, 200, false]);
      }
      expect((await send(name, '/collection/runs')).text).toContain(idOf(name));
      for (const below of ['', '/progress', '/items', '/sellers', '/items?type=amazon_product']) {
        const hidden = await send(name, `/collection/runs/${idOf(other)}${below}`);
        const nowhere = await send(name, `/collection/runs/${crypto.randomUUID()}${below}`);
        // As if there were none.
        expect([below, hidden]).toEqual([below, nowhere]);
        expect((await send(name, `/collection/runs/${idOf(name)}${below}`)).status).toBe(200);
      }
      for (const action of ['pause', 'resume', 'cancel']) {
        expect((await send(name, `/collection/runs/${idOf(other)}/${action}`, {})).status).toBe(404);
      }
      // Counts: only the member's own run and its entries are there to be pulled.
      for (const table of ['collection-runs', 'activity']) {
        const { items, remaining, has_more } = await pull(name, table);
        expect([table, items.length, remaining, has_more]).toEqual([table, 1, 0, false]);
      }
      const { heard } = person(name);
      // Sellers are everybody's at once, and their rows name the runs that saw them first and last.
      const said = heard.map((event) => (event.event === 'sellers' ? { ...event.data, items: [] } : event));
      expect(said.filter((event) => isOther(JSON.stringify(event)))).toEqual([]);
      expect(new Set(heard.map(({ event }) => event))).toEqual(new Set(['run', 'change', 'sellers', 'activity']));
      // Of the other's run not even that it changed: such a change has a number of the member's own.
      const own = heard.filter(({ event }) => event === 'run').length;
      const changes = heard.filter(
        ({ event, data }) => event === 'change' && 'table' in data && data.table === 'collection-runs',
      );
      expect(changes).toHaveLength(own);
    }

    hold.resolve();
    for (const name of ['ann', 'ben']) await world.until(idOf(name), 'the end', ({ status }) => status === 'completed');
    for (const [name, other] of [
      ['ann', 'ben'],
      ['ben', 'ann'],
    ] as const) {
      for (const path of [
        '/collection/runs',
        '/collection-runs',
        '/activity',
        '/sync/collection-runs',
        '/sync/activity',
      ])
        expect([path, (await send(name, path)).text.includes(idOf(other))]).toEqual([path, true]);
      for (const below of ['', '/progress', '/items', '/sellers'])
        expect((await send(name, `/collection/runs/${idOf(other)}${below}`)).status).toBe(200);
      await waitUntil('the end is told', () =>
        person(name).heard.some(({ event, data }) => event === 'run' && 'id' in data && data.id === idOf(other)),
      );
    }
  });

  it('learn from a schedule nothing of its last run until that has ended', async () => {
    const body = { name: 'of ann', cron: '0 3 1 * *', time_zone: 'UTC', category_ids: ['pet-cats'] };
    const made = await send('ann', '/collection/schedules', body);
    expect(made.status).toBe(201);
    const { id } = await world.create({ products: [{ title: 'held' }] }, world.runDeps, person('ann').who);
    await world.rows(`update collection_runs set status = 'paused' where id = '${id}'`);
    const last = { last_run_id: id, last_started_at: '2026-01-20T14:30:00.000Z', last_problem: 'It still waits.' };
    await world.rows(
      `update collection_schedules set last_run_id = '${id}', last_started_at = '${last.last_started_at}',
        last_problem = '${last.last_problem}'`,
    );
    const seenBy = async (name: string) =>
      (JSON.parse((await send(name, '/collection/schedules')).text) as { schedules: object[] }).schedules[0];
    expect(await seenBy('ann')).toMatchObject(last);
    expect(await seenBy('ben')).toMatchObject({ last_run_id: null, last_started_at: null, last_problem: null });
    await world.rows(`update collection_runs set status = 'cancelled' where id = '${id}'`);
    expect(await seenBy('ben')).toMatchObject(last);
  });
});
