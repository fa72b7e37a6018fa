import 'fake-indexeddb/auto';
import { byColumns } from '#tests/helpers/by-columns.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { PullPage } from '#lib/protocol/pull.ts';
import { applyPull } from './apply-pull.ts';
import { BaseDatabase } from './base-database.ts';
import { readByNo, readChangedRows, readRows } from './base-reads.ts';
import { changesAfter, newestChange } from './change-log.ts';
import { compactStep } from './compact.ts';
import { findNames } from './find-names.ts';
import { foldNames } from './fold-names.ts';
import { readTableOf } from './read-table.ts';
import { PAGE_ROWS, type StoredRow } from './types.ts';
import { sellers, type WireSeller } from '#lib/tables/sellers.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';

/*
 * Random histories of a workspace, pulled in random portions with compaction in between, against a
 * plain map of what the server holds. Numbers lie around the edges of pages, where portions meet.
 */

type Step =
  | { kind: 'change'; nos: number[]; name: number; flagged: boolean; deleted: boolean }
  | { kind: 'compact' }
  | { kind: 'fold' };

const places = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: PAGE_ROWS - 20, max: PAGE_ROWS + 20 }),
  fc.integer({ min: 3 * PAGE_ROWS - 5, max: 3 * PAGE_ROWS + 300 }),
  // More pages than one step of compaction takes.
  fc.integer({ min: 5, max: 12 }).map((page) => page * PAGE_ROWS + 7),
);
const span = fc
  .tuple(places, fc.integer({ min: 1, max: 200 }))
  .map(([from, length]) => Array.from({ length }, (_, at) => from + at));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      nos: fc.oneof(span, fc.uniqueArray(places, { maxLength: 12 })),
      name: fc.nat(3),
      flagged: fc.boolean(),
      deleted: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'compact' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'fold' as const }) },
);

let opened: BaseDatabase[] = [];
let generation = 0;
afterEach(async () => {
  await Promise.all(opened.map((base) => base.delete()));
  opened = [];
});

function openBase(): BaseDatabase {
  const base = new BaseDatabase('model', ++generation);
  opened.push(base);
  return base;
}

/** Every other answer comes by columns. */
function answer(items: readonly WireSeller[], has_more: boolean, cursor: number): PullPage {
  const page = {
    items: items.map((item) => ({ ...item })),
    next_cursor: `c${cursor}`,
    has_more,
    remaining: 0,
    server_time: new Date(0).toISOString(),
  };
  return (turn += 1) % 2 === 0 ? byColumns('sellers', page) : page;
}

let turn = 0;

/** A snapshot in portions of `size`, by descending number. */
async function snapshot(base: BaseDatabase, rows: readonly WireSeller[], size: number): Promise<void> {
  const sorted = rows.toSorted((a, b) => b.no - a.no);
  for (let at = 0; at === 0 || at < sorted.length; at += size) {
    await applyPull(base, 'sellers', answer(sorted.slice(at, at + size), at + size < sorted.length, at));
  }
}

async function expectEqual(
  base: BaseDatabase,
  model: ReadonlyMap<number, WireSeller>,
  names: Set<string>,
): Promise<void> {
  const live = [...model.values()].filter((row) => row.deleted_at === null);
  const expected = live.toSorted((a, b) => b.no - a.no).map((row) => rowFromWire(sellers, row));
  expect(await readTableOf(base, 'sellers')).toEqual(expected);
  const nos = [...model.keys()].filter((no) => no % 3 === 0);
  const byNo = (await readByNo(base, 'sellers', nos)).toSorted((a, b) => b.no - a.no);
  expect(byNo).toEqual(expected.filter(({ no }) => no % 3 === 0));
  // Names that a row had before must not be found any more: so all that there ever were are looked up.
  for (const row of model.values()) names.add(row.normalized_name);
  const wanted = [...names, 'nobody'];
  const found = [...(await findNames(base, wanted)).values()].toSorted((a, b) => b.no - a.no);
  expect(found).toEqual(
    expected.map((row) => ({
      name: row.normalized_name,
      no: row.no,
      flagged: row.flagged,
      times_seen: row.times_seen,
    })),
  );
}

const byNumber = (rows: readonly StoredRow[]): StoredRow[] => rows.toSorted((a, b) => a.no - b.no);

it('holds what the server holds, however snapshot, changes, compaction and folding fall', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(span, { maxLength: 3 }),
      fc.integer({ min: 1, max: 150 }),
      fc.array(step, { maxLength: 8 }),
      async (spans, size, steps) => {
        const base = openBase();
        const names = new Set<string>();
        let version = 10_007;
        const model = new Map([...new Set(spans.flat())].map((no) => [no, wireSeller(no, (no * 7919) % 10_007)]));
        await snapshot(base, [...model.values()], size);
        await expectEqual(base, model, names);
        for (const { kind, ...change } of steps) {
          const since = await newestChange(base);
          const changed = await readRows(base, 'sellers');
          const inPieces = await readChangedRows(base, 'sellers');
          if (kind === 'compact') await compactStep(base, 'sellers');
          else if (kind === 'fold') await foldNames(base, 0);
          else {
            const { nos, name, flagged, deleted } = change as Extract<Step, { kind: 'change' }>;
            const items = nos.map((no) =>
              wireSeller(no, ++version, {
                display_name: `Name_${name}_${no}`,
                flagged,
                deleted_at: deleted ? new Date(5).toISOString() : null,
              }),
            );
            for (const item of items) model.set(item.no, item);
            await applyPull(base, 'sellers', answer(items, false, version));
            const seen = await changesAfter(base, 'sellers', since);
            if (seen === 'reload') throw new Error('the change log was lost');
            expect(
              items.every(({ no }) => seen.nos.includes(no) || seen.pages.includes(Math.floor(no / PAGE_ROWS))),
            ).toBe(true);
          }
          await expectEqual(base, model, names);
          // Whatever has been written since: pages that are read later have the newer rows.
          const edges = [0, 17, PAGE_ROWS, PAGE_ROWS + 5, 3 * PAGE_ROWS, 8 * PAGE_ROWS + 7, Infinity];
          const pieces = edges.slice(1).flatMap((to, at) => inPieces.between(edges[at] ?? 0, to));
          expect(byNumber(pieces)).toEqual(byNumber(changed));
        }
      },
    ),
    { numRuns: soakRuns(40) },
  );
}, 120_000);

it('leaves rows and cursor as they were when a row of an answer is wrong', async () => {
  const base = openBase();
  await snapshot(base, [wireSeller(1, 1), wireSeller(2, 2)], 10);
  const before = await base.cursors.get('sellers');
  const wrong = { ...wireSeller(3, 4), flagged: 'yes' };
  await expect(
    applyPull(base, 'sellers', { ...answer([wireSeller(1, 3)], false, 9), items: [wireSeller(1, 3), wrong] }),
  ).rejects.toMatchObject({ code: 'invalid_answer' });
  expect(await base.cursors.get('sellers')).toEqual(before);
  expect((await readTableOf(base, 'sellers')).map(({ version }) => version)).toEqual([2, 1]);
});

it('tells a damaged page from a whole one', async () => {
  const base = openBase();
  await snapshot(
    base,
    Array.from({ length: 40 }, (_, no) => wireSeller(no, no + 1)),
    100,
  );
  const page = await base.pages.get(['sellers', 0]);
  if (page === undefined) throw new Error('no page was written');
  await base.pages.put({ ...page, packed: { ...page.packed, offsets: page.packed.offsets.slice(0, 30) } });
  await expect(readByNo(base, 'sellers', [3])).rejects.toMatchObject({ code: 'storage_broken' });
  const again = Array.from({ length: 20 }, (_, no) => wireSeller(no, no + 100));
  const dense = [...again, ...Array.from({ length: 140 }, (_, at) => wireSeller(100 + at, 200 + at))];
  await expect(applyPull(base, 'sellers', answer(dense, false, 3))).rejects.toMatchObject({ code: 'storage_broken' });
});

it('asks a reader that is too far behind to load anew', async () => {
  const base = openBase();
  const start = await newestChange(base);
  for (let at = 0; at < 1205; at++) await applyPull(base, 'sellers', answer([wireSeller(at, at + 1)], false, at));
  expect(await changesAfter(base, 'sellers', start)).toBe('reload');
  expect(await changesAfter(base, 'sellers', start + 2 ** 33)).toBe('reload');
  const recent = await newestChange(base);
  expect(await changesAfter(base, 'sellers', recent - 2)).toEqual({ seq: recent, pages: [], nos: [1203, 1204] });
});
