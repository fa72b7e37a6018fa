import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#server/app.ts';
import type { ServerEvent } from '#lib/protocol/events.ts';
import {
  collectionSettings,
  estimateAnswer,
  progressExtra,
  runAnswer,
  runsAnswer,
  sourcesAnswer,
  type SourcesAnswer,
} from '#lib/protocol/collection.ts';
import { defaultSource } from '#server/sources/default-source.ts';
import type { RunDatabase, World } from '#tests/server-runs/run-world.ts';
import { openRunDatabase, openWorld } from '#tests/server-runs/run-world.ts';
import { scriptedSource } from '#tests/server-runs/scripted-source.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

interface Listener {
  readonly events: ServerEvent[];
  stop(): void;
  readonly ended: Promise<void>;
}

describe('collection over HTTP', () => {
  let database: RunDatabase;
  let world: World;
  let other: World;
  let app: ReturnType<typeof createApp>;
  const stopping = new AbortController();
  let hold = Promise.withResolvers<void>();
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    database = await openRunDatabase();
    world = await openWorld(database);
    other = await openWorld(database);
    const runs = world.withSource(
      scriptedSource(async ({ title, signal }) => {
        await Promise.race([hold.promise, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        signal.throwIfAborted();
        return { names: [`seller of ${title}`, 'common'] };
      }),
    );
    app = createApp(database, { runs, engine: await world.startEngine(runs), stopping: stopping.signal });
    for (const role of ['owner', 'member']) {
      const body = JSON.stringify({ email: `${role}@example.com`, password: 'correct horse battery' });
      const headers = { 'content-type': 'application/json' };
      const answer = await app.request('/api/auth/sign-in/email', { method: 'POST', headers, body });
      tokens.set(role, ((await answer.json()) as { token: string }).token);
    }
  });
  afterAll(async () => {
    stopping.abort();
    await world.close();
    await other.close();
    await database.close();
  });

  const headersOf = (who: 'owner' | 'member', orgId = world.orgId) => ({
    authorization: `Bearer ${tokens.get(who)}`,
    'content-type': 'application/json',
    'x-org-id': orgId,
  });
  const send = async (who: 'owner' | 'member', method: string, path: string, body?: unknown, orgId?: string) => {
    const answer = await app.request(path, {
      method,
      headers: headersOf(who, orgId),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const start = async (who: 'owner' | 'member', titles: string[]) => {
    const products = titles.map((title) => ({ title }));
    const answer = await send(who, 'POST', '/collection/runs', { products, seller_source: 'scripted' });
    expect(answer.status).toBe(201);
    return runAnswer.parse(answer.body);
  };
  const ended = (id: string) =>
    waitUntil(
      'the run ends',
      async () => (await send('owner', 'GET', `/collection/runs/${id}`)).body['status'] === 'completed',
    );

  async function listen(who: 'owner' | 'member', orgId?: string): Promise<Listener> {
    const gone = new AbortController();
    const answer = await app.request('/events', { headers: headersOf(who, orgId), signal: gone.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader() ?? expect.fail();
    const events: ServerEvent[] = [];
    const first = await reader.read();
    expect(first.value).toBe(': hello\n\n');
    const pump = (async () => {
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) return;
        const parts = (rest + value).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const match = /^event: (.*)\ndata: (.*)$/.exec(part);
          if (match) events.push({ event: match[1], data: JSON.parse(match[2] ?? '') } as ServerEvent);
        }
      }
    })();
    return { events, ended: pump, stop: () => void reader.cancel() };
  }

  it('describes categories, sources and estimates by their schemas', async () => {
    const sources = sourcesAnswer.parse((await send('member', 'GET', '/collection/sources')).body);
    expect(sources.product.map(({ id }) => id)).toEqual(['catalogue', 'list', 'oxylabs', 'rapidapi']);
    expect(sources.seller.map(({ id }) => id)).toEqual(['catalogue', 'ebay-browse', 'oxylabs', 'scripted']);
    const usable = [...sources.product, ...sources.seller].filter(({ configured }) => configured);
    expect(usable.map(({ id }) => id)).toEqual(['catalogue', 'list', 'catalogue', 'scripted']);
    const body = { category_ids: ['pet-cats'], settings: { products_per_category: 20, pages_per_product: 2 } };
    const estimate = estimateAnswer.parse((await send('member', 'POST', '/collection/estimate', body)).body);
    expect(estimate).toEqual({
      categories: [{ id: 'pet-cats', calls: 42, products: 20, cost_cents: 42 }],
      total: { calls: 42, products: 20, cost_cents: 42 },
      budget: { cap_cents: 2500, warn: false, allowed: true },
      unsupported: [],
    });
    expect(
      (await send('member', 'POST', '/collection/estimate', { category_ids: ['pet-cats'], nonsense: 1 })).status,
    ).toBe(400);
    expect((await send('member', 'POST', '/collection/estimate', { category_ids: ['x'] })).status).toBe(422);
  });

  it('names the source to offer first: a real one that has its keys, else the catalogue', async () => {
    const first = (sources: SourcesAnswer) =>
      [sources.product, sources.seller].map((side) =>
        side.filter((source) => source.default).map((source) => source.id),
      );
    const answer = await send('owner', 'GET', '/collection/sources');
    expect(first(sourcesAnswer.parse(answer.body))).toEqual([['catalogue'], ['scripted']]);
    const firstWith = (env: Record<string, string>) => {
      const { product, seller } = world.withEnvironment(env).sources;
      return [defaultSource(product), defaultSource(seller)];
    };
    const ebay = { EBAY_CLIENT_ID: 'i', EBAY_CLIENT_SECRET: 's' };
    const oxylabs = { OXYLABS_USERNAME: 'u', OXYLABS_PASSWORD: 'p' };
    expect(firstWith({})).toEqual(['catalogue', 'catalogue']);
    expect(firstWith(ebay)).toEqual(['catalogue', 'ebay-browse']);
    expect(firstWith({ ...oxylabs, RAPIDAPI_KEY: 'k' })).toEqual(['oxylabs', 'oxylabs']);
    expect(firstWith({ ...ebay, ...oxylabs })).toEqual(['oxylabs', 'ebay-browse']);
  });

  it('makes a run once, however often it is asked for under its id', async () => {
    hold = Promise.withResolvers();
    hold.resolve();
    const id = crypto.randomUUID();
    const body = { id, name: 'Once', products: [{ title: 'once' }], seller_source: 'scripted' };
    const ask = (who: 'owner' | 'member', path: string, asked: object, orgId?: string) =>
      send(who, 'POST', path, asked, orgId);
    const [first, twin] = await Promise.all([
      ask('owner', '/collection/runs', body),
      ask('owner', '/collection/runs', body),
    ]);
    for (const answer of [first, twin]) expect([answer.status, answer.body['id']]).toEqual([201, id]);
    await ended(id);
    const late = await ask('owner', '/collection/runs', { ...body, id: id.toUpperCase() });
    expect([late.status, late.body['id'], late.body['status']]).toEqual([201, id, 'completed']);
    const mismatch = { status: 409, body: { error: { code: 'idempotency_mismatch', details: {} } } };
    expect(await ask('owner', '/collection/runs', { ...body, name: 'Twice' })).toMatchObject(mismatch);
    expect(await ask('member', '/collection/runs', body)).toMatchObject(mismatch);
    // An id says nothing to another workspace, where there is no such run.
    expect((await ask('owner', `/collection/runs/${id}/rerun`, {}, other.orgId)).status).toBe(404);

    const again = { id: crypto.randomUUID() };
    const path = `/collection/runs/${id}/rerun`;
    const repeated = [await ask('owner', path, again), await ask('owner', path, again)];
    expect(repeated.map(({ status, body: run }) => [status, run['id']])).toEqual([
      [201, again.id],
      [201, again.id],
    ]);
    expect(await ask('owner', path, { ...again, name: 'Other' })).toMatchObject(mismatch);
    expect(await ask('owner', path, { id })).toMatchObject(mismatch);
    await ended(again.id);
    const listed = runsAnswer.parse((await send('owner', 'GET', '/collection/runs')).body).runs;
    expect(listed.map((run) => run.id)).toEqual([again.id, id]);
    const starts = await world.rows(`select 1 from activity where kind = 'run.started'`);
    expect(starts).toHaveLength(2);
    await world.rows('delete from collection_runs');
    await world.rows('delete from activity');
  });

  it('estimates what a preset or a schedule keeps, and says what does not go together', async () => {
    const kept = { category_ids: ['pet-cats'], settings: { products_per_category: 10, pages_per_product: 2 } };
    const estimate = async (body: object) => send('member', 'POST', '/collection/estimate', body);
    const plain = await estimate(kept);
    expect(plain.body).toMatchObject({ total: { products: 10 } });
    const preset = await send('member', 'POST', '/collection/presets', { name: 'Cats', ...kept });
    const times = { name: 'Monthly', cron: '0 3 1 * *', time_zone: 'UTC' };
    const schedule = await send('member', 'POST', '/collection/schedules', { ...times, ...kept });
    expect((await estimate({ preset_id: preset.body['id'] })).body).toEqual(plain.body);
    expect((await estimate({ schedule_id: schedule.body['id'] })).body).toEqual(plain.body);
    const id = crypto.randomUUID();
    for (const body of [{ preset_id: id }, { schedule_id: id }, { rerun_of: id }])
      expect((await estimate(body)).status).toBe(404);
    const foreign = await send('owner', 'POST', '/collection/estimate', { preset_id: preset.body['id'] }, other.orgId);
    expect(foreign.status).toBe(404);
    const problems = async (body: object) => {
      const { status, body: answer } = await estimate(body);
      const { details } = (answer['error'] ?? {}) as { details?: { problems: { path: string }[] } };
      return [status, details?.problems.map(({ path }) => path)];
    };
    expect(await problems({ rerun_of: id, preset_id: id, ...kept })).toEqual([
      400,
      ['preset_id', 'category_ids', 'settings'],
    ]);
    expect(await problems({ ...kept, only: 'failed' })).toEqual([400, ['only']]);
    expect(await problems({ preset_id: id, only: 'failed' })).toEqual([400, ['only']]);
    await send('member', 'PUT', `/collection/schedules/${String(schedule.body['id'])}`, { active: false });
  });

  it('lets holders of the right alone change the settings', async () => {
    const settings = collectionSettings.parse((await send('member', 'GET', '/collection/settings')).body);
    expect(settings).toMatchObject({ budget_cap_cents: 2500, soft_warning_percent: 80, max_concurrent_runs: 3 });
    const changed = { ...settings, soft_warning_percent: 1 };
    expect((await send('member', 'PUT', '/collection/settings', changed)).status).toBe(403);
    expect((await send('owner', 'PUT', '/collection/settings', changed)).body).toEqual(changed);
    const cap = { budget_cap_cents: 2400, microusd_per_call: { oxylabs: 4000 } };
    expect((await send('owner', 'PUT', '/collection/settings', cap)).body).toMatchObject({
      ...changed,
      budget_cap_cents: 2400,
      microusd_per_call: { catalogue: 10_000, oxylabs: 4000 },
    });
    const nonsense = await send('owner', 'PUT', '/collection/settings', { microusd_per_call: { nonsense: 1 } });
    expect(nonsense.status).toBe(400);
    const unstorable = await send('owner', 'POST', '/collection/runs', {
      name: 'a\u0000b',
      category_ids: ['pet-cats'],
    });
    expect([unstorable.status, (await send('owner', 'POST', '/collection/runs', { name: '\ud800' })).status]).toEqual([
      400, 400,
    ]);
    const estimate = await send('owner', 'POST', '/collection/estimate', { category_ids: ['pet-cats'] });
    expect(estimate.body['budget']).toMatchObject({ warn: true, allowed: true });
    expect((await send('owner', 'GET', '/collection/settings', undefined, other.orgId)).body).toEqual(settings);
  });

  it('shows a run that goes on to its creator and to managers, and to everybody once it has ended', async () => {
    hold = Promise.withResolvers();
    const [owner, member, foreign] = await Promise.all([
      listen('owner'),
      listen('member'),
      listen('owner', other.orgId),
    ]);
    const run = await start('owner', ['one']);
    const path = `/collection/runs/${run.id}`;
    await waitUntil('a search', async () => {
      const { body } = await send('owner', 'GET', `${path}/progress`);
      return progressExtra.parse(body).searches.some(({ state, query }) => state === 'searching' && query === 'one');
    });
    for (const hidden of ['', '/progress', '/items', '/sellers']) {
      expect((await send('member', 'GET', path + hidden)).status).toBe(404);
      expect((await send('owner', 'GET', path + hidden, undefined, other.orgId)).status).toBe(404);
    }
    for (const action of ['pause', 'resume', 'cancel']) {
      expect((await send('member', 'POST', `${path}/${action}`)).status).toBe(404);
      expect((await send('owner', 'POST', `${path}/${action}`, undefined, other.orgId)).status).toBe(404);
    }
    expect(runsAnswer.parse((await send('member', 'GET', '/collection/runs')).body).runs).toEqual([]);
    const listed = async (who: 'owner' | 'member') =>
      (await send(who, 'GET', '/collection-runs?search=&sort=name&order=asc')).body['items'];
    expect(await listed('member')).toEqual([]);
    expect(await listed('owner')).toMatchObject([{ id: run.id }]);
    expect((await send('owner', 'GET', '/collection/runs/active')).body).toMatchObject({ run: { id: run.id } });
    expect((await send('member', 'GET', '/collection/runs/active')).body).toEqual({ run: null });
    expect(member.events).toEqual([]);

    hold.resolve();
    await ended(run.id);
    expect((await send('member', 'GET', path)).status).toBe(200);
    await waitUntil('the end is told', () => member.events.some(({ event }) => event === 'run'));
    const kinds = (events: ServerEvent[]) => [...new Set(events.map(({ event }) => event))].toSorted();
    expect(kinds(owner.events)).toEqual(['activity', 'change', 'run', 'sellers']);
    // The member hears that the list grew, and of the run only that it has ended.
    expect(kinds(member.events)).toEqual(['change', 'run']);
    expect(member.events.filter(({ event }) => event === 'run')).toMatchObject([
      { data: { id: run.id, status: 'completed' } },
    ]);
    expect(foreign.events).toEqual([]);
    owner.stop();
    member.stop();
    foreign.stop();
    await Promise.all([owner.ended, member.ended, foreign.ended]);
  });

  it('raises the cap of a paused run for holders of the right, and never lowers it', async () => {
    hold = Promise.withResolvers();
    const run = await start('member', ['two']);
    const path = `/collection/runs/${run.id}`;
    expect((await send('member', 'POST', `${path}/resume`)).body).toMatchObject({
      error: { code: 'invalid_transition', details: { status: 'running' } },
    });
    expect((await send('member', 'POST', `${path}/pause`)).body).toMatchObject({
      status: 'paused',
      pause_reason: 'user',
    });
    expect((await send('member', 'POST', `${path}/resume`, { budget_cap_cents: 9000 })).status).toBe(403);
    expect((await send('owner', 'POST', `${path}/resume`, { budget_cap_cents: 1 })).status).toBe(400);
    hold.resolve();
    const resumed = await send('owner', 'POST', `${path}/resume`, { budget_cap_cents: 9000 });
    expect(resumed.body).toMatchObject({ status: 'running', budget_cap_cents: 9000, pause_reason: null });
    await ended(run.id);
  });

  it('pages through runs, items and sellers', async () => {
    const run = await start('owner', ['three', 'four', 'five']);
    await ended(run.id);
    const pages = async (path: string, key: string) => {
      const all: { id: string }[] = [];
      for (let cursor = ''; ;) {
        const { body } = await send('owner', 'GET', `${path}limit=2${cursor}`);
        all.push(...(body[key] as { id: string }[]));
        if (body['next_cursor'] === null) return all;
        cursor = `&cursor=${String(body['next_cursor'])}`;
      }
    };
    const runs = await pages('/collection/runs?', 'runs');
    expect([runs.length, new Set(runs.map(({ id }) => id)).size, runs[0]?.id]).toEqual([3, 3, run.id]);
    const items = await pages(`/collection/runs/${run.id}/items?`, 'items');
    expect([items.length, new Set(items.map(({ id }) => id)).size]).toEqual([7, 7]);
    expect(await pages(`/collection/runs/${run.id}/items?type=amazon_product&status=completed&`, 'items')).toHaveLength(
      3,
    );
    const found = await pages(`/collection/runs/${run.id}/sellers?`, 'sellers');
    expect(found).toHaveLength(4);
    expect(await pages(`/collection/runs/${run.id}/sellers?order=desc&`, 'sellers')).toEqual(found.toReversed());
    expect(await pages(`/collection/runs/${run.id}/sellers?kind=known&`, 'sellers')).toMatchObject([
      { normalized_name: 'common' },
    ]);
    expect((await send('owner', 'GET', '/collection/runs?cursor=xyz')).body).toMatchObject({
      error: { code: 'invalid_cursor' },
    });
    expect((await send('owner', 'GET', '/collection/runs?nonsense=1')).status).toBe(400);
    const listed = await send('owner', 'GET', '/collection/runs?updated_since=2100-01-01T00:00:00Z');
    expect(listed.body['runs']).toEqual([]);
  });

  it('ends event streams when the server stops', async () => {
    const listener = await listen('member');
    stopping.abort();
    await listener.ended;
  });
});
