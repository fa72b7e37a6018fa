import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSeller } from '#lib/query/read-seller.ts';
import { createEngine } from '#lib/query/engine.ts';
import type { ChosenRows } from '#lib/query/query.ts';
import { newestFirst } from '#lib/query/query.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { unpackTargets } from '#lib/store/packed-targets.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { createWorld, uuid } from '#tests/helpers/query-world.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { SellerChange } from './seller-changes.ts';
import { createSellerChanges } from './seller-changes.ts';

/** Across two pages of the store. */
const nos = [0, 1, 2, 3, 1022, 1023, 1024, 1025];
const no = fc.constantFrom(...nos);

/** What else goes on: a run sees sellers again, a colleague adds one, the server takes our changes and tells of them. */
const happening = fc.oneof(
  fc.record({ do: fc.constant('observe' as const), no, times_seen: fc.nat({ max: 9 }) }),
  fc.record({ do: fc.constant('arrive' as const), no: fc.integer({ min: 1100, max: 1110 }), flagged: fc.boolean() }),
  fc.record({ do: fc.constantFrom('acknowledge' as const, 'confirm' as const, 'compact' as const), pick: fc.nat() }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const chosen: fc.Arbitrary<ChosenRows> = fc.oneof(
  fc.uniqueArray(no).map((some) => ({ kind: 'some' as const, handles: Float64Array.from(some) })),
  fc.uniqueArray(no).map((some) => ({ kind: 'all' as const, except: Float64Array.from(some) })),
);
const change = fc.oneof(
  fc.record({
    do: fc.constant('mark' as const),
    chosen,
    many: fc.boolean(),
    mark: fc.constantFrom(
      { op: 'flag' as const, flagged: true },
      { op: 'flag' as const, flagged: false },
      { op: 'delete' as const },
      { op: 'delete' as const, never_again: true as const },
    ),
  }),
  fc.record({ do: fc.constant('note' as const), no, to: fc.constantFrom(null, 'ships late') }),
  fc.record({ do: fc.constant('rename' as const), no }),
);

it('leaves every seller as it would be had the change not been made, whatever is pulled meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: nos.length, maxLength: nos.length }),
      fc.array(happening, { maxLength: 5 }),
      change,
      fc.array(happening, { maxLength: 8 }),
      fc.array(happening, { maxLength: 8 }),
      async (flags, before, made, between, after) => {
        const mine = await createSide(flags);
        const other = await createSide(flags);
        const all = async (happenings: readonly Happening[]): Promise<void> => {
          for (const one of happenings) {
            // The server changes no seller that it knows to be deleted.
            if (one.do === 'observe' && mine.isGone(one.no)) continue;
            await mine.happen(one);
            await other.happen(one);
          }
        };
        await all(before);
        const done = await mine.make(made, () => all(between.slice(0, 2)));
        await all(between.slice(2));
        await done?.undo();
        await mine.refresh();
        expect(await mine.shown()).toEqual(await other.shown());
        await all(after);
        expect(await mine.shown()).toEqual(await other.shown());
      },
    ),
    { numRuns: soakRuns(200), seed: Number(process.env['SEED'] ?? Date.now() % 2 ** 31) },
  );
});

/** A browser and its server: store, query engine and the changes that a page makes. */
async function createSide(flags: readonly boolean[]) {
  const store = createMemoryStore();
  const world = createWorld(store);
  let sent = 0;
  let ids = 0;
  let whileSending: () => Promise<void> = () => Promise.resolve();
  const blank = (at: number, flagged: boolean): Seller => ({
    ...(sellers.apply(null, {
      op: 'create',
      id: uuid(1, at),
      data: { display_name: `seller ${at}`, flagged, note: at % 2 === 0 ? 'old' : null },
      edited_at: 1,
    }) as Seller),
    no: at,
  });
  store.writePages(nos.map((at, index) => ({ ...blank(at, flags[index] === true) })));
  const engine = createEngine({ reader: store.reader, now: () => 0, changed: () => undefined });
  engine.open(1, { search: '', where: [], sort: newestFirst });
  await engine.start();

  const changes = createSellerChanges({
    async send(mutations) {
      await whileSending();
      for (const mutation of mutations) {
        const targets = unpackTargets(mutation.targets);
        store.outbox.push({
          ...mutation,
          targets,
          seq: ++sent,
          size: targets.length,
          rows: null,
          seen_at: null,
          state: 'waiting',
          acknowledged: null,
        });
      }
    },
    choose: (rows, mark, id) => Promise.resolve(engine.choose(1, rows, mark, id)),
    assume: engine.assume,
    settle: (id, end) => engine[end](id),
    refused: () => Promise.resolve([]),
    untilPainted: () => Promise.resolve(),
    now: () => 1000 + sent,
    newId: () => uuid(5, ++ids),
  });

  return {
    isGone: (at: number): boolean => store.base.get(at)?.deleted_at !== null,
    refresh: engine.refresh,
    async happen(one: Happening): Promise<void> {
      const row = one.do === 'observe' ? store.base.get(one.no) : undefined;
      if (one.do === 'observe' && row !== undefined) store.writeRows([{ ...row, times_seen: one.times_seen }]);
      else if (one.do === 'arrive') {
        if (!store.base.has(one.no)) store.writeRows([{ ...blank(one.no, one.flagged) }]);
      } else if (one.do !== 'observe') world.perform({ ...one });
      await engine.refresh();
    },
    async make(
      one: typeof change extends fc.Arbitrary<infer T> ? T : never,
      meanwhile: () => Promise<void>,
    ): Promise<SellerChange | null> {
      whileSending = meanwhile;
      const target = one.do === 'mark' ? { id: '', no: 0 } : { id: uuid(1, one.no), no: one.no };
      const note = (store.base.get(target.no)?.['note'] ?? null) as string | null;
      const done =
        one.do === 'mark'
          ? await changes.mark(one.chosen, one.mark, one.many)
          : one.do === 'note'
            ? await changes.edit(target, { note }, { note: one.to })
            : await changes.edit(target, { display_name: `seller ${one.no}` }, { display_name: 'another name' });
      whileSending = () => Promise.resolve();
      await engine.refresh();
      return done;
    },
    async shown(): Promise<unknown[]> {
      const { rows } = engine.window(1, 0, 100);
      return Promise.all(
        rows.map(async (row) => {
          const read = await readSeller(store.reader, row.no);
          const fields = [read?.seller.display_name, read?.seller.flagged, read?.seller.times_seen];
          return [row.no, row.display_name, row.flagged, row.times_seen, row.has_note, read?.seller.note, ...fields];
        }),
      );
    },
  };
}
