import fc from 'fast-check';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { describe, expect, it } from 'vitest';
import { nameProblem, normalizeName } from '#lib/domain/seller.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { readUuid } from '#lib/store/uuid-bytes.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { MemoryStore } from '#tests/helpers/memory-store.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import type { MarkChange, Query, Sort } from './query.ts';
import { newestFirst, sellerFilters } from './query.ts';

// Across three pages, few enough that edits meet.
const nos = [0, 1, 2, 3, 1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 2050];
const runIds = [null, '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const uuid = (space: number, value: number): string =>
  `00000000-0000-4000-8${space.toString(16).padStart(3, '0')}-${value.toString(16).padStart(12, '0')}`;

const name = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '_', ' ', 'é', 'ÿ', 'ł', '\u{1f600}'),
      minLength: 1,
      maxLength: 12,
    }),
    fc.constantFrom('abcdefgh', 'abcdefghi', 'abcdefghé', 'Same', 'same'),
  )
  .filter((value) => nameProblem(value) === null);
const observed = fc.record({
  display_name: name,
  flagged: fc.boolean(),
  times_seen: fc.constantFrom(1, 2, 3, 2 ** 33),
  feedback_percent: fc.constantFrom(null, 0, 98.7, 100),
  feedback_count: fc.constantFrom(null, 0, 7, 12345),
  source: fc.constantFrom('run' as const, 'overlay' as const, 'manual' as const),
  run: fc.constantFrom(...runIds),
  deleted: fc.boolean().map((value) => value),
});
const sort: fc.Arbitrary<readonly Sort[]> = fc.array(
  fc.record({
    column: fc.constantFrom(
      'no',
      'display_name',
      'flagged',
      'times_seen',
      'feedback_percent',
      'feedback_count',
      'source',
      'created_at',
      'nonsense',
    ),
    order: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { maxLength: 2 },
);
const query = fc.record({
  search: fc.oneof(fc.constant(''), fc.string({ unit: fc.constantFrom('a', 'B', '_', 'é'), maxLength: 2 })),
  filter: fc.constantFrom(...sellerFilters),
  sort: fc.oneof(fc.constant(newestFirst), sort),
});
const pick = fc.nat({ max: 1000 });
const step = fc.oneof(
  fc.record({
    do: fc.constant('pull' as const),
    rows: fc.array(fc.tuple(fc.constantFrom(...nos), observed), { maxLength: 6 }),
  }),
  fc.record({
    do: fc.constantFrom(
      'compact' as const,
      'forget' as const,
      'run' as const,
      'acknowledge' as const,
      'confirm' as const,
      'drop' as const,
    ),
    pick,
  }),
  fc.record({ do: fc.constant('create' as const), name, flagged: fc.boolean() }),
  fc.record({
    do: fc.constant('edit' as const),
    op: fc.constantFrom('flag' as const, 'update' as const, 'delete' as const, 'restore' as const),
    picks: fc.array(pick, { minLength: 1, maxLength: 4 }),
    name,
    flagged: fc.boolean(),
  }),
  fc.record({ do: fc.constant('query' as const), query }),
  fc.record({
    do: fc.constant('assume' as const),
    change: fc.oneof(
      fc.record({ op: fc.constant('flag' as const), flagged: fc.boolean() }),
      fc.record({ op: fc.constantFrom('delete' as const, 'restore' as const) }),
    ),
    all: fc.boolean(),
    picks: fc.array(pick, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ do: fc.constantFrom('store' as const, 'land' as const, 'fail' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A change that the engine shows and the store may have or not. */
interface Assumed {
  readonly id: string;
  readonly change: MarkChange;
  readonly targets: OutboxEntry['targets'];
  stored: boolean;
}

/** Server and store in one: every step leaves them as a real sync could. */
function createWorld(store: MemoryStore) {
  let version = 0;
  let made = 0;
  let nextNo = 3000;

  const row = (no: number, seen: typeof observed extends fc.Arbitrary<infer T> ? T : never): StoredRow => ({
    ...(sellers.apply(null, {
      op: 'create',
      id: uuid(1, no),
      data: { display_name: seen.display_name },
      edited_at: 1000 + (no % 3),
    }) as Seller),
    no,
    version: ++version,
    flagged: seen.flagged,
    times_seen: seen.times_seen,
    feedback_percent: seen.feedback_percent,
    feedback_count: seen.feedback_count,
    source: seen.source,
    first_seen_run_id: seen.run,
    deleted_at: seen.deleted ? 5 : null,
  });
  const entry = (op: OutboxEntry['op'], targets: OutboxEntry['targets'], data: Record<string, unknown>): void => {
    made += 1;
    store.outbox.push({
      seq: made,
      id: uuid(2, made),
      table: 'sellers',
      op,
      targets,
      size: targets.length,
      data,
      rows: null,
      edited_at: 2000 + made,
      seen_at: null,
      state: 'waiting',
      acknowledged: null,
    });
  };
  const handles = (): OutboxEntry['targets'] => [
    ...[...store.base.values()].map(({ id, no }) => ({ id, no })),
    ...store.outbox.filter(({ op }) => op === 'create').flatMap(({ targets }) => targets),
  ];

  function acknowledge(one: OutboxEntry): void {
    version += 1;
    const records = one.targets.map(({ id, no }) => ({
      requested_id: id,
      id,
      no: one.op === 'create' ? nextNo++ : no,
    }));
    one.state = 'acknowledged';
    one.acknowledged = { version, records };
    // The store tells later edits the row's number; the id stays the client's own.
    for (const later of store.outbox) {
      later.targets =
        later === one
          ? later.targets
          : later.targets.map(({ id, no }) => ({
              id,
              no: records.find((record) => record.requested_id === id)?.no ?? no,
            }));
    }
  }
  /** The pull that brings the entry's effect, with or without the entry's removal. */
  function confirm(one: OutboxEntry, remove: boolean): void {
    for (const [index, { id, no }] of one.targets.entries()) {
      const realNo = one.acknowledged?.records[index]?.no ?? no;
      if (realNo < 0) continue;
      const after = sellers.apply((store.base.get(realNo) as Seller | undefined) ?? null, {
        op: one.op,
        id,
        data: one.data,
        edited_at: one.edited_at,
      });
      if (after !== null) store.writeRows([{ ...after, no: realNo, version: ++version }]);
      if (remove)
        for (const later of store.outbox)
          later.targets = later.targets.map((target) => (target.id === id ? { id, no: realNo } : target));
    }
    if (remove) store.outbox = store.outbox.filter((other) => other !== one);
  }

  /** The command of an assumed change arrives. */
  function keep({ change, targets }: Assumed): void {
    const known = new Map([...store.base.values()].map(({ id, no }) => [id, no]));
    entry(
      change.op,
      targets.map(({ id, no }) => ({ id, no: known.get(id) ?? no })),
      change.op === 'flag' ? { flagged: change.flagged } : {},
    );
  }

  function perform(one: Exclude<Step, { do: EngineStep }>): void {
    if (one.do === 'pull') {
      const fresh = one.rows
        .filter(([no]) => !store.base.has(no))
        .map(([no, seen]) => row(no, { ...seen, deleted: false }));
      store.writeRows(one.rows.filter(([no]) => store.base.has(no)).map(([no, seen]) => row(no, seen)));
      store.writePages([...new Map(fresh.map((each) => [each.no, each])).values()]);
    } else if (one.do === 'create')
      entry('create', [{ id: uuid(3, made), no: -1 - made }], { display_name: one.name, flagged: one.flagged });
    else if (one.do === 'edit') {
      const known = handles();
      const targets = [...new Set(one.picks.map((value) => known[value % known.length]))].filter(
        (target) => target !== undefined,
      );
      entry(
        one.op,
        targets,
        one.op === 'flag' ? { flagged: one.flagged } : one.op === 'update' ? { display_name: one.name } : {},
      );
    } else if (one.do === 'compact') store.compact(one.pick % 3);
    else if (one.do === 'forget') store.forgetChanges();
    else if (one.do === 'run')
      store.runs = [
        { id: runIds[1 + (one.pick % 2)] ?? '', no: one.pick, version: 1, deleted_at: null },
        ...store.runs.filter(({ no }) => no !== one.pick),
      ];
    else {
      const waiting = store.outbox.find(({ state }) => state === 'waiting');
      const oldest = store.outbox[0];
      if (one.do === 'acknowledge' && waiting !== undefined) acknowledge(waiting);
      else if (one.do === 'drop' && oldest !== undefined && oldest.op !== 'create')
        store.outbox = store.outbox.slice(1);
      else if (one.do === 'confirm' && oldest?.state === 'acknowledged') confirm(oldest, one.pick % 2 === 0);
    }
  }
  return { perform, keep };
}

/** Steps that the engine hears of by itself, not from the store. */
type EngineStep = 'query' | 'assume' | 'store' | 'land' | 'fail';
const isStoreStep = (one: Step): one is Exclude<Step, { do: EngineStep }> =>
  !['query', 'assume', 'store', 'land', 'fail'].includes(one.do);

/** The plain way: all rows as objects, every entry and what is assumed applied, filtered and sorted anew. */
function modelRows(
  store: MemoryStore,
  wanted: Query,
  assumed: readonly Assumed[],
): { nos: number[]; rows: Map<number, Seller> } {
  const rows = new Map(store.base as unknown as Map<number, Seller>);
  const realNo = new Map<number, number>();
  const unpulled = new Map<number, number>();
  for (const { op, targets, acknowledged } of store.outbox) {
    if (op !== 'create') continue;
    for (const { requested_id, no } of acknowledged?.records ?? []) {
      const handle = targets.find(({ id }) => id === requested_id)?.no;
      if (handle !== undefined && store.base.has(no)) realNo.set(handle, no);
      else if (handle !== undefined) unpulled.set(no, handle);
    }
  }
  for (const { op, targets, data, edited_at } of store.outbox) {
    for (const target of targets) {
      const no = realNo.get(target.no) ?? unpulled.get(target.no) ?? target.no;
      const after = sellers.apply(rows.get(no) ?? null, { op, id: target.id, data, edited_at });
      if (after !== null) rows.set(no, { ...after, no });
    }
  }
  const noById = new Map([...store.base.values()].map(({ id, no }) => [id, no]));
  for (const { change, targets } of assumed) {
    for (const { id, no: handle } of targets) {
      const no = noById.get(id) ?? unpulled.get(handle) ?? handle;
      const data = change.op === 'flag' ? { flagged: change.flagged } : {};
      const after = sellers.apply(rows.get(no) ?? null, { op: change.op, id, data, edited_at: 9000 });
      if (after !== null) rows.set(no, after);
    }
  }
  const newestRun = store.runs.toSorted((a, b) => b.no - a.no)[0]?.id;
  const fits = (row: Seller): boolean =>
    row.deleted_at === null &&
    row.normalized_name.includes(normalizeName(wanted.search)) &&
    { all: true, new: row.first_seen_run_id === newestRun, flagged: row.flagged, not_flagged: !row.flagged }[
      wanted.filter
    ];
  const age = (no: number): number => (no < 0 ? 1e12 - no : no);
  const value = (row: Seller, column: string): unknown =>
    column === 'no'
      ? age(row.no)
      : column === 'display_name'
        ? row.normalized_name
        : column === 'flagged'
          ? Number(row.flagged)
          : (row as unknown as Record<string, unknown>)[column];
  const order = [...wanted.sort, { column: 'display_name', order: 'asc' }, { column: 'no', order: 'asc' }];
  const compare = (a: Seller, b: Seller): number => {
    for (const { column, order: direction } of order) {
      const [left, right] = [value(a, column) ?? null, value(b, column) ?? null] as (string | number | null)[];
      if (left === right) continue;
      if (left === null || left === undefined) return 1;
      if (right === null || right === undefined) return -1;
      return left < right === (direction === 'asc') ? -1 : 1;
    }
    return 0;
  };
  return {
    nos: [...rows.values()]
      .filter(fits)
      .toSorted(compare)
      .map(({ no }) => no),
    rows,
  };
}

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
      run: null,
      deleted: false,
    });
    perform({ do: 'pull', rows: [0, 1, 2, 3, 1022, 1023].map((no) => [no, seen(false)]) });
    const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
    engine.open(1, { search: '', filter: 'all', sort: [{ column: 'flagged', order: 'desc' }, ...newestFirst] });
    await engine.start();
    const anchor = { from: 1, handles: engine.handles(1, 1, 4) };
    expect(anchor.handles).toEqual([1022, 3, 2]);
    // Two come in above; one of those in view goes to the top.
    perform({ do: 'pull', rows: [2049, 2050].map((no) => [no, seen(true)]) });
    perform({ do: 'pull', rows: [[1022, seen(true)]] });
    await engine.refresh();
    const { moved, from, rows } = engine.window(1, 1, 4, anchor);
    expect([moved, from, rows.map(({ no }) => no)]).toEqual([2, 3, [1023, 3, 2]]);
    expect(engine.window(1, 1, 4, { from: 3, handles: [1023, 1022, 2] })).toMatchObject({ moved: 0 });
    expect(engine.window(1, 1, 4, { from: 1, handles: [7777] })).toMatchObject({ moved: 0, from: 1 });
    expect(engine.window(1, 1, 4)).toMatchObject({ moved: 0, from: 1 });
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
        engine.open(1, firstQuery);
        await engine.start();
        let wanted = firstQuery;
        expectSame(store, engine, wanted, assumed);
        for (const [at, one] of steps.slice(early.length).entries()) {
          const next = assumed.find(({ stored }) => !stored);
          if (one.do === 'query') engine.update(1, (wanted = one.query));
          else if (one.do === 'assume') {
            assumed.push(assume(store, engine, wanted, assumed, one, uuid(4, at)));
            // Before anything is read.
            expectSame(store, engine, wanted, assumed);
          } else if (one.do === 'store' && next !== undefined) {
            keep(next);
            next.stored = true;
          } else if (one.do === 'land' && assumed[0]?.stored === true) {
            engine.landed(assumed.shift()?.id ?? '');
          } else if (one.do === 'fail' && next !== undefined) {
            engine.takeBack(assumed.splice(assumed.indexOf(next), 1)[0]?.id ?? '');
            expectSame(store, engine, wanted, assumed);
          } else if (isStoreStep(one)) perform(one);
          await engine.refresh();
          expectSame(store, engine, wanted, assumed);
        }
      }),
      { numRuns: soakRuns(400), seed: Number(process.env['SEED'] ?? Date.now() % 2 ** 31) },
    );
  }, 60_000);
});

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

function expectSame(store: MemoryStore, engine: Engine, wanted: Query, assumed: readonly Assumed[]): void {
  const model = modelRows(store, wanted, assumed);
  const { total, counts } = engine.state(1);
  expect(engine.handles(1, 0, total)).toEqual(model.nos);
  const from = Math.floor(total / 3);
  expect(engine.window(1, from, from + 5).rows.map(({ no }) => no)).toEqual(model.nos.slice(from, from + 5));
  const shown = engine.window(1, 0, total).rows;
  for (const row of shown) {
    const { id, display_name, flagged, times_seen, feedback_percent, feedback_count, source, first_seen_run_id } = row;
    expect(model.rows.get(row.no)).toMatchObject({
      id,
      display_name,
      flagged,
      times_seen,
      feedback_percent,
      feedback_count,
      source,
      first_seen_run_id,
    });
  }
  expect(engine.positions(1, model.nos)).toEqual(model.nos.map((_, place) => place));
  expect(counts[wanted.filter]).toBe(total);
}
