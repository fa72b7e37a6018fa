import fc from 'fast-check';
import { nameProblem } from '#lib/domain/seller.ts';
import type { Condition, MarkChange, Sort } from '#lib/query/query.ts';
import { NEWEST_RUN, newestFirst } from '#lib/query/query.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { MemoryStore } from './memory-store.ts';

// Across three pages, few enough that edits meet; and far beyond them, with gaps of many pages.
const nos = [0, 1, 2, 3, 1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 2050, 40 * 1024, 41 * 1024 + 3, 200 * 1024];
const runIds = [null, '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
export const uuid = (space: number, value: number): string =>
  `00000000-0000-4000-8${space.toString(16).padStart(3, '0')}-${value.toString(16).padStart(12, '0')}`;

const name = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '_', ' ', 'é', 'ÿ', 'ł', '\u{1f600}', '\ufffd'),
      minLength: 1,
      maxLength: 12,
    }),
    fc.constantFrom('abcdefgh', 'abcdefghi', 'abcdefghé', 'Same', 'same'),
  )
  .filter((value) => nameProblem(value) === null);
const platformId = fc.constantFrom(null, 'A1', 'a1b', 'b-1', '\u{1f600}a1');
const observed = fc.record({
  platformId,
  display_name: name,
  flagged: fc.boolean(),
  times_seen: fc.constantFrom(1, 2, 3, 2 ** 33),
  feedback_percent: fc.constantFrom(null, 0, 98.7, 100),
  feedback_count: fc.constantFrom(null, 0, 7, 12345),
  source: fc.constantFrom('run' as const, 'overlay' as const, 'manual' as const),
  note: fc.constantFrom(null, '', 'ships late'),
  run: fc.constantFrom(...runIds),
  lastRun: fc.constantFrom(...runIds),
  deleted: fc.boolean(),
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
const text = fc.string({ unit: fc.constantFrom('a', 'B', '_', 'é', ' ', '\u{1f600}'), maxLength: 3 });
const bound = fc.constantFrom(0, 1, 2, 7, 98.7, 1000, 1001, 2049, 2 ** 33);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ column: fc.constantFrom('flagged' as const, 'has_note' as const, 'refused' as const), is: fc.boolean() }),
  fc.record({ column: fc.constantFrom('feedback_percent' as const, 'no' as const), empty: fc.boolean() }),
  fc.record({
    column: fc.constantFrom('first_seen_run_id' as const, 'last_seen_run_id' as const),
    in: fc.uniqueArray(fc.constantFrom(...runIds, NEWEST_RUN), { maxLength: 3 }),
  }),
  fc.record({ column: fc.constant('source' as const), in: fc.uniqueArray(fc.constantFrom('run', 'manual', 'other')) }),
  fc.record({ column: fc.constant('platform' as const), in: fc.constantFrom(['ebay'], [null]) }),
  fc.record(
    {
      column: fc.constantFrom(
        'no' as const,
        'times_seen' as const,
        'feedback_percent' as const,
        'feedback_count' as const,
        'created_at' as const,
      ),
      from: bound,
      to: bound,
    },
    { requiredKeys: ['column'] },
  ),
  fc.record({
    column: fc.constant('display_name' as const),
    match: fc.constantFrom('contains' as const, 'prefix' as const, 'words' as const, 'exact' as const),
    text: fc.oneof(text, fc.constantFrom('abcdefgh', 'same', 'ab h')),
  }),
  fc.record({
    column: fc.constant('platform_id' as const),
    match: fc.constantFrom('contains' as const, 'prefix' as const, 'exact' as const),
    text: fc.constantFrom('a1', 'B', 'A1B', '1'),
  }),
  fc.record({ column: fc.constant('platform_id' as const), empty: fc.boolean() }),
);
export const query = fc.record({
  search: fc.oneof(fc.constant(''), text),
  where: fc.array(condition, { maxLength: 2 }),
  sort: fc.oneof(fc.constant(newestFirst), sort),
});
const pick = fc.nat({ max: 1000 });
export const step = fc.oneof(
  fc.record({
    do: fc.constant('pull' as const),
    rows: fc.array(fc.tuple(fc.constantFrom(...nos), observed), { maxLength: 6 }),
    /** So many that whole pages are written, which keep no tombstones. */
    dense: fc.boolean(),
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
  fc.record({ do: fc.constant('create' as const), name, flagged: fc.boolean(), platformId }),
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
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A change that the engine shows and the store may have or not. */
export interface Assumed {
  readonly id: string;
  readonly change: MarkChange;
  readonly targets: OutboxEntry['targets'];
  stored: boolean;
}

/** Server and store in one: every step leaves them as a real sync could. */
export function createWorld(store: MemoryStore) {
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
    note: seen.note,
    platform_id: seen.platformId,
    first_seen_run_id: seen.run,
    last_seen_run_id: seen.lastRun,
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
    ...[...store.base.values()].filter(({ no }) => !store.forgotten.has(no)).map(({ id, no }) => ({ id, no })),
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
      const rows = [...new Map(one.rows)];
      const fresh = rows
        .filter(([no]) => !store.base.has(no))
        .map(([no, seen]) => row(no, { ...seen, deleted: false }));
      const known = rows.flatMap(([no, seen]) => {
        const before = store.base.get(no);
        if (before === undefined) return [];
        // Deleting changes nothing else: who hears only that a row is gone can show it as it was.
        return seen.deleted ? { ...before, version: ++version, deleted_at: 5 } : row(no, seen);
      });
      if (!one.dense) store.writeRows(known);
      store.writePages(one.dense ? [...fresh, ...known] : fresh);
    } else if (one.do === 'create')
      entry('create', [{ id: uuid(3, made), no: -1 - made }], {
        display_name: one.name,
        flagged: one.flagged,
        platform_id: one.platformId,
      });
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
    else if (one.do === 'forget') {
      if (store.forgotten.size === 0) store.forgetChanges();
    } else if (one.do === 'run')
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
export const isStoreStep = (one: Step): one is Exclude<Step, { do: EngineStep }> =>
  !['query', 'assume', 'store', 'land', 'fail'].includes(one.do);
