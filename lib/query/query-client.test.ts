import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { StoredRow } from '#lib/store/types.ts';
import { readUuid } from '#lib/store/uuid-bytes.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { createQueryClient } from './query-client.ts';
import type { ChosenRows, Query, ViewState } from './query.ts';
import { newestFirst } from './query.ts';
import { serveEngine } from './serve-engine.ts';

const all = { search: '', where: [], sort: newestFirst } as const;
const channels: MessageChannel[] = [];

function row(no: number, display_name: string): StoredRow {
  const id = `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
  return {
    ...(sellers.apply(null, { op: 'create', id, data: { display_name }, edited_at: 1 }) as Seller),
    no,
    version: no,
  };
}

/** Page and worker at the two ends of a real channel. */
function setUp(openReader?: () => Promise<StoreReader>) {
  const store = createMemoryStore();
  store.writePages([row(1, 'anna'), row(2, 'bert'), row(3, 'Annika')]);
  let tell = (): void => undefined;
  const reader: StoreReader = {
    ...store.reader,
    onChange: (listener) => {
      tell = () => listener({ base: true, outbox: true });
      return () => undefined;
    },
  };
  const channel = new MessageChannel();
  channels.push(channel);
  channel.port1.start();
  channel.port2.start();
  serveEngine({ port: channel.port2, openReader: openReader ?? (() => Promise.resolve(reader)), now: () => 0 });
  return { store, client: createQueryClient(channel.port1, 'key'), tell: () => tell(), reader };
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

async function stateWhere(states: readonly ViewState[], fits: (state: ViewState) => boolean): Promise<ViewState> {
  await expect.poll(() => states.some(fits)).toBe(true);
  return states.findLast(fits) ?? expect.fail('no such state');
}

describe('query client and served engine', () => {
  it('answers a question about rows that was asked before anything was read with the first rows', async () => {
    const { client } = setUp();
    const { rows, state } = await client.openView(all, () => undefined).window(0, 10);
    expect([rows.map(({ no }) => no), state.rows]).toEqual([[3, 2, 1], 3]);
  });

  it('reads the expected store before it is asked, and another when that is asked for', async () => {
    const stores = { expected: createMemoryStore(), other: createMemoryStore() };
    stores.expected.writePages([row(1, 'anna')]);
    stores.other.writePages([row(2, 'bert')]);
    const opened: string[] = [];
    const channel = new MessageChannel();
    channels.push(channel);
    channel.port1.start();
    channel.port2.start();
    const openReader = (key: string): Promise<StoreReader> => {
      opened.push(key);
      const { reader } = stores[key as keyof typeof stores];
      // The store that is left is closed under its engine, which fails.
      const fails =
        key === 'expected' && opened.length === 1 ? { outbox: () => Promise.reject(new Error('closed')) } : {};
      return Promise.resolve({ ...reader, ...fails });
    };
    serveEngine({ port: channel.port2, openReader, now: () => 0, expected: Promise.resolve('expected') });
    await expect.poll(() => opened).toEqual(['expected']);
    const client = createQueryClient(channel.port1, 'other');
    const failures: AppError[] = [];
    client.onFailure((failure) => failures.push(failure));
    const states: ViewState[] = [];
    const view = client.openView(all, (state) => states.push(state));
    await stateWhere(states, ({ total }) => total === 1);
    expect((await view.window(0, 10)).rows.map(({ no }) => no)).toEqual([2]);
    expect(opened).toEqual(['expected', 'other']);
  });

  it('says again what failed before the page listened, and no more once it is read', async () => {
    const store = createMemoryStore();
    store.writePages([row(1, 'anna')]);
    let isBroken = true;
    const channel = new MessageChannel();
    channels.push(channel);
    channel.port1.start();
    channel.port2.start();
    const outbox: StoreReader['outbox'] = (table) =>
      isBroken ? Promise.reject(new AppError('storage_broken')) : store.reader.outbox(table);
    const openReader = () => Promise.resolve({ ...store.reader, outbox });
    serveEngine({ port: channel.port2, openReader, now: () => 0, expected: Promise.resolve('key') });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const failures: AppError[] = [];
    const client = createQueryClient(channel.port1, 'key');
    client.onFailure((failure) => failures.push(failure));
    await expect.poll(() => failures.map(({ code }) => code)).toEqual(['storage_broken']);
    isBroken = false;
    const states: ViewState[] = [];
    client.openView(all, (state) => states.push(state));
    client.retry();
    await stateWhere(states, ({ phase }) => phase === 'ready');
    const again: AppError[] = [];
    createQueryClient(channel.port1, 'key').onFailure((failure) => again.push(failure));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(again).toEqual([]);
  });

  it('shows a view, its changes and what the store gains', async () => {
    const { store, client, tell } = setUp();
    const states: ViewState[] = [];
    const view = client.openView(all, (state) => states.push(state));
    await stateWhere(states, ({ phase, total }) => phase === 'ready' && total === 3);
    expect((await view.window(0, 10)).rows.map(({ display_name }) => display_name)).toEqual(['Annika', 'bert', 'anna']);

    view.update({ ...all, search: 'ANN' });
    await stateWhere(states, ({ total }) => total === 2);
    expect(await view.positions([1, 2, 3])).toEqual([1, -1, 0]);

    store.writeRows([row(4, 'hannah')]);
    tell();
    await stateWhere(states, ({ total }) => total === 3);
    const batches: number[][] = [];
    for await (const batch of client.iterate({ ...all, search: 'ann' }, 2)) batches.push(batch.map(({ no }) => no));
    expect(batches).toEqual([[4, 3], [1]]);
    expect(await client.facets({ ...all, search: 'ann' })).toMatchObject({ total: 3, flagged: 0 });
    const chosen = { kind: 'some', handles: Float64Array.of(4, 99) } as const;
    const { nos, ids } = await view.choose(chosen, { op: 'flag', flagged: true }, null);
    expect(Array.from(nos)).toEqual([4]);
    expect(readUuid(ids, 0)).toBe(row(4, '').id);
    expect(await client.seller(4)).toMatchObject({ seller: { no: 4, display_name: 'hannah' }, waiting: false });
    expect(await client.seller(99)).toBeNull();
    expect([...(await client.storedFields([1, 99]))]).toEqual([[1, { note: null, platform_id: null }]]);
  });

  it('shows a change before the store has it, and takes it back when the store does not take it', async () => {
    const { client } = setUp();
    const states: ViewState[] = [];
    const view = client.openView(all, (state) => states.push(state));
    await stateWhere(states, ({ phase, total }) => phase === 'ready' && total === 3);
    const every = { kind: 'all', except: Float64Array.of(2) } as const;
    const { nos } = await view.choose(every, { op: 'delete' }, 'one');
    expect(Array.from(nos)).toEqual([3, 1]);
    await stateWhere(states, ({ total, rows }) => total === 1 && rows === 1);
    client.assume('two', { op: 'restore' }, nos);
    await expect.poll(() => states.at(-1)?.total).toBe(3);
    client.settle('two', 'takeBack');
    await expect.poll(() => states.at(-1)?.total).toBe(1);
    // Said to be stored, but the outbox has no such entry: what the store says counts.
    client.settle('one', 'landed');
    await expect.poll(() => states.at(-1)?.total).toBe(3);
  });

  it('refuses questions about a closed view and goes on', async () => {
    const { client } = setUp();
    const first = client.openView(all, () => undefined);
    first.close();
    await expect(first.window(0, 1)).rejects.toBeInstanceOf(AppError);
    const second = client.openView(all, () => undefined);
    await expect.poll(async () => (await second.window(0, 9)).rows.length).toBe(3);
  });

  it('tells that the store cannot be read, and reads it when asked again', async () => {
    let broken = true;
    const good = setUp().reader;
    const open = (): Promise<StoreReader> =>
      broken ? Promise.reject(new AppError('storage_broken')) : Promise.resolve(good);
    const { client } = setUp(open);
    const failures: string[] = [];
    client.onFailure(({ code }) => failures.push(code));
    const states: ViewState[] = [];
    const view = client.openView(all, (state) => states.push(state));
    await expect.poll(() => failures).toContain('storage_broken');
    broken = false;
    client.retry();
    await stateWhere(states, ({ total }) => total === 3);
    expect((await view.window(0, 1)).rows).toHaveLength(1);
  });

  it('exports chosen rows in the order of the list, with notes as the person sees them', async () => {
    const { store, client } = setUp();
    store.writePages([
      { ...row(5, '=eva'), note: 'as pulled', flagged: true },
      { ...row(6, 'fred'), note: 'old', flagged: true },
      { ...row(7, 'gina'), flagged: false },
    ]);
    store.outbox.push({
      seq: 1,
      id: '10000000-0000-4000-8000-000000000001',
      table: 'sellers',
      op: 'update',
      targets: [{ id: row(6, '').id, no: 6 }],
      size: 1,
      data: { note: 'unsent' },
      rows: null,
      edited_at: 1,
      seen_at: null,
      state: 'waiting',
      acknowledged: null,
    });
    const byName = { ...all, sort: [{ column: 'display_name', order: 'desc' as const }] };
    const read = async (chosen: ChosenRows | null, form: 'json' | 'names', where: Query['where'] = []) => {
      const texts: string[] = [];
      const nos: number[] = [];
      for await (const part of client.exportRows({ ...byName, where }, chosen, form, 2)) {
        texts.push(await part.text.text());
        nos.push(...part.nos);
      }
      return { text: texts.join(''), nos };
    };
    const states: ViewState[] = [];
    client.openView(all, (state) => states.push(state));
    await stateWhere(states, ({ phase, total }) => phase === 'ready' && total === 6);
    const some = { kind: 'some', handles: Float64Array.of(5, 6, 2, 999) } as const;
    const { text, nos } = await read(some, 'json');
    expect(nos).toEqual([6, 2, 5]);
    expect((JSON.parse(`[${text}]`) as { note: string }[]).map(({ note }) => note)).toEqual([
      'unsent',
      null,
      'as pulled',
    ]);
    expect(await read(null, 'names', [{ column: 'flagged', is: true }])).toEqual({ text: 'fred\n=eva\n', nos: [6, 5] });
    expect((await read({ kind: 'all', except: Float64Array.of(1, 3) }, 'names')).nos).toEqual([7, 6, 2, 5]);
  });

  it('finds rows whose change was refused, and those without a value', async () => {
    const { store, client, tell } = setUp();
    store.writePages([{ ...row(5, 'eva'), feedback_percent: 99 }]);
    store.attention.push({
      seq: 1,
      id: '10000000-0000-4000-8000-000000000001',
      table: 'sellers',
      op: 'flag',
      targets: [2, 888].map((no) => ({ id: row(no, '').id, no })),
      size: 2,
      data: { flagged: true },
      rows: null,
      edited_at: 1,
      seen_at: null,
      error: { code: 'deleted', message: '', details: {} },
      refused_at: 1,
    });
    const states: ViewState[] = [];
    const refused = { column: 'refused', is: true } as const;
    const empty = { column: 'feedback_percent', empty: true } as const;
    const view = client.openView({ ...all, where: [refused] }, (state) => states.push(state), [[refused], []]);
    const counted = (total: number) =>
      stateWhere(states, (state) => state.phase === 'ready' && state.total === total && state.counts.length > 0);
    expect((await counted(1)).counts).toEqual([1, 4]);
    expect((await view.window(0, 10)).rows.map(({ no, sync }) => [no, sync])).toEqual([[2, 'error']]);
    store.attention.push({
      ...store.attention[0]!,
      id: '10000000-0000-4000-8000-000000000002',
      targets: [{ id: row(5, '').id, no: 5 }],
      error: { code: 'conflict', message: '', details: {} },
    });
    tell();
    await expect
      .poll(async () => (await view.window(0, 10)).rows.map(({ no, sync }) => [no, sync]))
      .toEqual([
        [5, 'conflict'],
        [2, 'error'],
      ]);
    store.attention.pop();
    tell();
    await stateWhere(states, ({ total }) => total === 1);
    view.update({ ...all, where: [{ ...refused, is: false }] }, [[empty], [{ ...empty, empty: false }]]);
    await stateWhere(states, ({ total, counts }) => total === 3 && counts.join() === '3,1');
  });

  it('shows what became of a creation that the server led to a colleague’s row, and leaves that when it is taken back', async () => {
    const { store, client, tell } = setUp();
    const made = { id: '20000000-0000-4000-8000-000000000001', no: -5 };
    const shared = { table: 'sellers' as const, size: 1, rows: null, edited_at: 2, seen_at: null };
    const entry = (seq: number, op: 'create' | 'delete', no: number, data: Record<string, unknown>) => ({
      ...shared,
      seq,
      id: `10000000-0000-4000-8000-00000000000${seq}`,
      op,
      targets: [{ ...made, no }],
      data,
    });
    store.outbox = [{ ...entry(1, 'create', -5, { display_name: 'carl' }), state: 'waiting', acknowledged: null }];
    const view = client.openView(all, () => undefined);
    const shown = async () => (await view.window(0, 10)).rows.map(({ no, display_name: name }) => `${no} ${name}`);
    await expect.poll(shown).toEqual(['-5 carl', '3 Annika', '2 bert', '1 anna']);
    // Taken back before it was sent, it is not shown.
    const undo = entry(2, 'delete', -5, { own_ids: true });
    store.outbox.push({ ...undo, state: 'waiting', acknowledged: null });
    tell();
    await expect.poll(shown).toEqual(['3 Annika', '2 bert', '1 anna']);
    // The name was a colleague’s: that row is there before and after the answer to the second.
    store.writePages([row(6, 'Carl')]);
    const records = [{ requested_id: made.id, id: row(6, '').id, no: 6 }];
    store.outbox = [
      {
        ...entry(1, 'create', -5, { display_name: 'carl' }),
        state: 'acknowledged',
        acknowledged: { version: 6, records },
      },
      { ...undo, targets: [{ ...made, no: 6 }], state: 'waiting', acknowledged: null },
    ];
    tell();
    await expect.poll(async () => (await shown())[0]?.toLowerCase()).toBe('6 carl');
    store.outbox = store.outbox.slice(1);
    tell();
    await expect.poll(shown).toEqual(['6 Carl', '3 Annika', '2 bert', '1 anna']);
  });

  it('sums the list up', async () => {
    const { store, client } = setUp();
    store.writePages([
      { ...row(5, 'eva'), feedback_percent: 100, flagged: true, first_seen_run_id: row(9, '').id, created_at: 50 },
      { ...row(6, 'fred'), feedback_percent: 97.999, created_at: 51 },
    ]);
    const states: ViewState[] = [];
    client.openView(all, (state) => states.push(state));
    await stateWhere(states, ({ phase }) => phase === 'ready');
    expect(await client.overview([0, 49, 50, 51])).toEqual({
      total: 5,
      flagged: 1,
      grown: [0, 3, 4, 5],
      feedback: [0, 0, 1, 0, 0, 1, 3],
      byRun: [[row(9, '').id, 1]],
    });
  });

  it('says so to everybody who waits or comes later when its worker cannot be started', async () => {
    const { port1, port2 } = new MessageChannel();
    channels.push({ port1, port2 } as MessageChannel);
    const failed = Promise.withResolvers<void>();
    const client = createQueryClient(port1, 'key', failed.promise);
    const told: AppError[] = [];
    client.onFailure((error) => told.push(error));
    const asked = client.facets(all);
    failed.resolve();
    await expect(asked).rejects.toThrow('did not start');
    await expect(client.seller(1)).rejects.toThrow('did not start');
    client.onFailure((error) => told.push(error));
    expect(told).toHaveLength(2);
  });
});
