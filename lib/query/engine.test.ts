import { runsOf } from '#lib/shared/number-runs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUuid } from '#lib/store/uuid-bytes.ts';
import type { StoredRow } from '#lib/store/types.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import type { MemoryStore } from '#tests/helpers/memory-store.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { modelRows } from '#tests/helpers/query-model.ts';
import type { Assumed, Step } from '#tests/helpers/query-world.ts';
import { createWorld, isStoreStep, query, step, uuid } from '#tests/helpers/query-world.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { ChosenRows, Facets, Query, SellerRow } from './query.ts';
import { newestFirst } from './query.ts';

const alternatives = [[], [{ column: 'flagged', is: true }]] as const;

describe('engine', () => {
  it('moves a window on with most of the rows that were in view', async () => {
    const store = createMemoryStore();
    const { perform } = createWorld(store);
    const seen = (flagged: boolean) => ({
      display_name: 'x',
      flagged,
      times_seen: 1,
      feedback_percent: null,
      feedback_count: null,
      source: 'run' as const,
      note: null,
      run: null,
      lastRun: null,
      platformId: null,
      deleted: false,
    });
    perform({ do: 'pull', dense: false, rows: [0, 1, 2, 3, 1022, 1023].map((no) => [no, seen(false)]) });
    const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
    engine.open(1, { search: '', where: [], sort: [{ column: 'flagged', order: 'desc' }, ...newestFirst] });
    await engine.start();
    const anchor = { from: 1, handles: engine.window(1, 1, 4).rows.map(({ no }) => no) };
    expect(anchor.handles).toEqual([1022, 3, 2]);
    // Two come in above; one of those in view goes to the top.
    perform({ do: 'pull', dense: false, rows: [2049, 2050].map((no) => [no, seen(true)]) });
    perform({ do: 'pull', dense: false, rows: [[1022, seen(true)]] });
    await engine.refresh();
    const { moved, from, rows } = engine.window(1, 1, 4, anchor);
    expect([moved, from, rows.map(({ no }) => no)]).toEqual([2, 3, [1023, 3, 2]]);
    expect(engine.window(1, 1, 4, { from: 3, handles: [1023, 1022, 2] })).toMatchObject({ moved: 0 });
    expect(engine.window(1, 1, 4, { from: 1, handles: [7777] })).toMatchObject({ moved: 0, from: 1 });
    expect(engine.window(1, 1, 4)).toMatchObject({ moved: 0, from: 1 });
  });

  it('takes the rows chosen one by one in the order of the query, whether they match it or not', async () => {
    const store = createMemoryStore();
    const { perform } = createWorld(store);
    const seen = (display_name: string, flagged: boolean, deleted = false) => ({
      display_name,
      flagged,
      times_seen: 1,
      feedback_percent: null,
      feedback_count: null,
      source: 'run' as const,
      note: null,
      run: null,
      platformId: null,
      lastRun: null,
      deleted,
    });
    const rows = [seen('a', true), seen('b', false), seen('c', true), seen('x', true), seen('d', true)];
    perform({ do: 'pull', dense: false, rows: rows.map((row, at) => [at + 1, row]) });
    const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
    await engine.start();
    const unflagged: Query = { search: 'b', where: [{ column: 'flagged', is: false }], sort: newestFirst };
    const all = (await engine.iterate({ ...unflagged, search: '', where: [] })).next(10).map(({ no }) => no);
    // One of them is deleted meanwhile.
    perform({ do: 'pull', dense: false, rows: [[5, seen('d', true, true)]] });
    await engine.refresh();
    const taken = async (chosen: ChosenRows) =>
      (await engine.iterate(unflagged, chosen)).next(10).map(({ display_name: name }) => name);
    expect(all).toHaveLength(5);
    expect(await taken({ kind: 'all', except: new Float64Array() })).toEqual(['b']);
    expect(await taken({ kind: 'some', handles: Float64Array.from([...all, 7777]) })).toEqual(['x', 'c', 'b', 'a']);
    expect(await taken({ kind: 'some', handles: Float64Array.from(all.slice(2, 3)) })).toEqual(['c']);
  });

  it('keeps rows in order beside one that was renamed here and deleted on the server', async () => {
    const store = createMemoryStore();
    const row = (no: number, name: string): StoredRow => ({
      ...(sellers.apply(null, { op: 'create', id: uuid(1, no), data: { display_name: name }, edited_at: 1 }) as Seller),
      no,
      version: no + 10,
    });
    store.writePages([row(1, 'b'), row(2047, 'd')]);
    const { perform } = createWorld(store);
    perform({ do: 'edit', op: 'update', picks: [0], name: 'z', flagged: false });
    const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
    engine.open(1, { search: '', where: [], sort: [] });
    await engine.start();
    const names = () => engine.window(1, 0, 10).rows.map(({ display_name: name }) => name);
    expect(names()).toEqual(['d', 'z']);
    // So many changes that the page is written anew.
    store.writePages([row(0, 'c'), { ...row(1, 'b'), version: 50, deleted_at: 5 }]);
    await engine.refresh();
    expect(names()).toEqual(['c', 'd']);
  });

  it('says of no row that it has no platform id before the ids are read', async () => {
    const store = createMemoryStore();
    store.writePages(
      [1, 2, 3].map((no) => ({
        ...(rowFromWire(sellers, wireSeller(no, 1)) as unknown as StoredRow),
        platform_id: no === 2 ? null : `id ${no}`,
      })),
    );
    const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
    await engine.start();
    engine.open(1, { search: '', where: [{ column: 'platform_id', empty: true }], sort: newestFirst });
    const chosen = () =>
      Array.from(engine.choose(1, { kind: 'all', except: new Float64Array() }, { op: 'delete' }, null).nos);
    expect(chosen()).toEqual([]);
    await engine.prepare(1);
    expect(chosen()).toEqual([2]);
  });

  it('shows what a plain array would, after every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), query, async (steps, firstQuery) => {
        const store = createMemoryStore();
        const { perform, keep } = createWorld(store);
        const assumed: Assumed[] = [];
        // Some steps happen before the engine looks at all.
        const early = steps.slice(0, steps.length / 2);
        for (const one of early) if (isStoreStep(one)) perform(one);
        const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
        engine.open(1, firstQuery, alternatives);
        await engine.start();
        await engine.prepare(1);
        let wanted = firstQuery;
        const iteration = await beginIteration(store, engine, firstQuery, assumed);
        await expectSame(store, engine, wanted, assumed);
        for (const [at, one] of steps.slice(early.length).entries()) {
          const next = assumed.find(({ stored }) => !stored);
          if (one.do === 'query') engine.update(1, (wanted = one.query));
          else if (one.do === 'assume') {
            assumed.push(assume(store, engine, wanted, assumed, one, uuid(4, at)));
            // Before anything is read.
            await expectSame(store, engine, wanted, assumed);
          } else if (one.do === 'store' && next !== undefined) {
            keep(next);
            next.stored = true;
          } else if (one.do === 'land' && assumed[0]?.stored === true) {
            engine.landed(assumed.shift()?.id ?? '');
          } else if (one.do === 'fail' && next !== undefined) {
            engine.takeBack(assumed.splice(assumed.indexOf(next), 1)[0]?.id ?? '');
            await expectSame(store, engine, wanted, assumed);
          } else if (isStoreStep(one)) perform(one);
          // The order may be made piece by piece while the store is read.
          const preparing = engine.prepare(1);
          await engine.refresh();
          await preparing;
          await expectSame(store, engine, wanted, assumed);
        }
        iteration.expectUnchanged();
      }),
      { numRuns: soakRuns(300), seed: Number(process.env['SEED'] ?? Date.now() % 2 ** 31) },
    );
  });
});

/** Takes rows as they are now; `expectUnchanged` takes the rest later. */
async function beginIteration(store: MemoryStore, engine: Engine, query: Query, assumed: readonly Assumed[]) {
  const model = modelRows(store, query, assumed);
  const iteration = await engine.iterate(query);
  const expected = model.nos.map((no) => fieldsOf(model.rows.get(no)));
  expect(iteration.total).toBe(expected.length);
  expect(iteration.next(2).map(fieldsOf)).toEqual(expected.slice(0, 2));
  return {
    expectUnchanged() {
      const rest = [...iteration.next(3), ...iteration.next(10_000)];
      expect(rest.map(fieldsOf)).toEqual(expected.slice(2));
      expect(iteration.next(1)).toEqual([]);
      iteration.close();
    },
  };
}

/** What the engine keeps of a row, but for its number: that of a creation becomes another. */
function fieldsOf(row: Partial<Seller & SellerRow> | undefined): unknown {
  if (row === undefined) return undefined;
  const has_note = row.has_note ?? (row.note ?? '') !== '';
  return [has_note, ...fields.map((name) => row[name])];
}

const fields = [
  'id',
  'display_name',
  'normalized_name',
  'flagged',
  'source',
  'platform',
  'times_seen',
  'feedback_percent',
  'feedback_count',
  'item_count',
  'first_seen_run_id',
  'last_seen_run_id',
  'created_at',
] as const;

function expectFacets(facets: Facets, rows: readonly Seller[]): void {
  const { total, flagged, has_note, codes, numbers } = facets;
  expect({ total, flagged, has_note }).toEqual({
    total: rows.length,
    flagged: rows.filter((row) => row.flagged).length,
    has_note: rows.filter((row) => (row.note ?? '') !== '').length,
  });
  for (const field of ['source', 'platform', 'first_seen_run_id', 'last_seen_run_id'] as const) {
    const groups = Map.groupBy(rows, (row) => row[field]);
    expect(new Map(codes[field])).toEqual(new Map(Array.from(groups, ([value, some]) => [value, some.length])));
  }
  for (const field of ['no', 'times_seen', 'feedback_percent', 'feedback_count', 'created_at'] as const) {
    const values = rows.flatMap((row) => row[field] ?? []);
    expect(numbers[field]).toEqual({
      least: values.length === 0 ? null : Math.min(...values),
      greatest: values.length === 0 ? null : Math.max(...values),
      empty: rows.length - values.length,
    });
  }
}

/** Has the engine change rows at once, and checks that it chose those that a plain filter would. */
function assume(
  store: MemoryStore,
  engine: Engine,
  wanted: Query,
  before: readonly Assumed[],
  { change, all, picks }: Extract<Step, { do: 'assume' }>,
  id: string,
): Assumed {
  const model = modelRows(store, wanted, before);
  const every = [...model.rows.keys()];
  const handles = [...new Set(picks.flatMap((value) => every[value % every.length] ?? []))];
  const listed = all ? model.nos.filter((no) => !handles.includes(no)) : handles;
  const expected = listed.filter((no) => {
    const row = model.rows.get(no);
    if (row === undefined) return false;
    if (change.op === 'restore') return row.deleted_at !== null;
    return row.deleted_at === null && (change.op !== 'flag' || row.flagged !== change.flagged);
  });
  const some = Float64Array.from(handles);
  const chosen = all ? ({ kind: 'all', except: some } as const) : ({ kind: 'some', handles: some } as const);
  const { nos, ids } = engine.choose(1, chosen, change, id);
  // Of a row that was deleted before the first look the engine knows nothing, so it cannot bring it back.
  if (change.op === 'restore') expect(expected).toEqual(expect.arrayContaining(Array.from(nos)));
  else expect(Array.from(nos)).toEqual(expected);
  const targets = Array.from(nos, (no, at) => ({ id: readUuid(ids, at * 16), no }));
  expect(targets.map((target) => target.id)).toEqual(targets.map(({ no }) => model.rows.get(no)?.id));
  return { id, change, targets, stored: false };
}

async function expectSame(
  store: MemoryStore,
  engine: Engine,
  wanted: Query,
  assumed: readonly Assumed[],
): Promise<void> {
  const model = modelRows(store, wanted, assumed);
  const { total } = engine.state(1);
  const from = Math.floor(total / 3);
  expect(engine.window(1, from, from + 5).rows.map(({ no }) => no)).toEqual(model.nos.slice(from, from + 5));
  const shown = engine.window(1, 0, total).rows;
  expect(shown.map(({ no }) => no)).toEqual(model.nos);
  expect(engine.handleRuns(1, from, total)).toEqual(runsOf(model.nos.slice(from)));
  for (const row of shown) expect(fieldsOf(row)).toEqual(fieldsOf(model.rows.get(row.no)));
  expectFacets(
    engine.facets(wanted),
    model.nos.flatMap((no) => model.rows.get(no) ?? []),
  );
  expect(engine.positions(1, model.nos)).toEqual(model.nos.map((_, place) => place));
  expect(engine.positions(1, [-77_777, 999_999])).toEqual([-1, -1]);
  // Null where nothing has changed since the last check.
  await engine.count(1);
  const { counts } = engine.state(1);
  const { search, sort } = wanted;
  const texts = wanted.where.filter(({ column }) => column === 'display_name');
  const flagged = modelRows(store, { search, sort, where: [...texts, ...alternatives[1]] }, assumed);
  expect(counts).toEqual([modelRows(store, { search, sort, where: texts }, assumed).nos.length, flagged.nos.length]);
}
