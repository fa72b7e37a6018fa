import 'fake-indexeddb/auto';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeName } from '#lib/domain/seller.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { findSellers } from '#lib/store/find-sellers.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import type { Target } from '#lib/store/types.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { createKillSwitch } from '#tests/helpers/kill-switch.ts';
import { createMemoryServer, type MemoryServer } from '#tests/helpers/memory-server.ts';
import { createSyncLoop } from './sync-loop.ts';

/*
 * DESIGN's first two promises: every saved mutation takes effect exactly once, and after quiet the
 * client holds what the server holds with an empty outbox, whatever is killed, cut off or repeated.
 */

type Fault = 'none' | 'request lost' | 'answer lost';
type Step =
  | { kind: 'create'; name: number; flagged: boolean }
  | { kind: 'flag'; row: number; flagged: boolean }
  | { kind: 'rename'; row: number; name: string }
  | { kind: 'delete'; row: number }
  | { kind: 'colleague'; no: number; times: number }
  | { kind: 'epoch' }
  | { kind: 'repeat'; which: number }
  | { kind: 'sync'; faults: Fault[]; killAfter: number | null };

const fault = fc.constantFrom<Fault>('none', 'none', 'none', 'request lost', 'answer lost');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), name: fc.nat(12), flagged: fc.boolean() }),
  fc.record({ kind: fc.constant('flag' as const), row: fc.nat(), flagged: fc.boolean() }),
  fc.record({ kind: fc.constant('rename' as const), row: fc.nat(), name: fc.constantFrom('Renamed', 'Again', '') }),
  fc.record({ kind: fc.constant('delete' as const), row: fc.nat() }),
  fc.record({ kind: fc.constant('colleague' as const), no: fc.nat(39), times: fc.nat(9) }),
  fc.constant({ kind: 'epoch' as const }),
  fc.record({ kind: fc.constant('repeat' as const), which: fc.nat() }),
  fc.record({
    kind: fc.constant('sync' as const),
    faults: fc.array(fault, { maxLength: 12 }),
    killAfter: fc.option(fc.integer({ min: 0, max: 150 })),
  }),
);

const kill = createKillSwitch();
let stores = 0;

function uuid(at: number): string {
  return `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

async function syncWith(server: MemoryServer, writer: StoreWriter, faults: readonly Fault[]): Promise<void> {
  const plan = [...faults];
  async function call<T>(work: () => Promise<T>): Promise<T> {
    const fate = plan.shift() ?? 'none';
    if (fate === 'request lost') throw new AppError('unreachable');
    const answer = structuredClone(await work());
    if (fate === 'answer lost') throw new AppError('timeout');
    return answer;
  }
  const loop = createSyncLoop({
    api: {
      pull: (table, options) => call(() => server.api.pull(table, { ...options, limit: Math.min(options.limit, 7) })),
      push: (request) => call(() => server.api.push(request)),
    },
    writer,
    now: () => 1_800_000_000_000,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => true,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  });
  await loop.request(true);
}

function edit(
  made: Target[],
  sequence: number,
  change: Exclude<Step, { kind: 'colleague' | 'epoch' | 'repeat' | 'sync' }>,
): NewMutation {
  const base = { id: uuid(sequence), table: 'sellers' as const, edited_at: 1_700_000_000_000 + sequence };
  if (change.kind === 'create') {
    const id = uuid(1_000_000 + sequence);
    const target = { id, no: creationHandle(id) };
    made.push(target);
    return {
      ...base,
      op: 'create',
      targets: [target],
      data: { display_name: `Created_${change.name}`, flagged: change.flagged },
    };
  }
  const at = change.row % (40 + made.length);
  const targets = [made[at - 40] ?? { id: sellerId(at), no: at }];
  if (change.kind === 'flag') return { ...base, op: 'flag', targets, data: { flagged: change.flagged } };
  if (change.kind === 'rename')
    return { ...base, op: 'update', targets, data: { display_name: change.name === '' ? '' : `${change.name}_${at}` } };
  return { ...base, op: 'delete', targets, data: {} };
}

it('loses nothing and does nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const server = createMemoryServer();
      for (let no = 0; no < 40; no++) server.add(wireSeller(no, 0));
      const storeKey = `sync-model-${++stores}`;
      let writer = await openWriter(storeKey);
      const saved: NewMutation[] = [];
      const made: Target[] = [];
      for (const [sequence, change] of steps.entries()) {
        if (change.kind === 'colleague') server.change(sellerId(change.no), { times_seen: change.times });
        else if (change.kind === 'epoch') server.newEpoch();
        else if (change.kind === 'repeat') {
          // A command whose answer was lost comes again, perhaps after all of it was pushed, pulled and dropped.
          const again = saved[change.which % Math.max(saved.length, 1)];
          if (again !== undefined) await addMutations(writer.own, [again]);
        } else if (change.kind !== 'sync') {
          const mutation = edit(made, sequence, change);
          saved.push(mutation);
          await addMutations(writer.own, [mutation]);
          await addMutations(writer.own, [mutation]);
        } else {
          kill.killAfter(change.killAfter ?? Infinity);
          // A killed worker's loop ends however it can; what counts is what the store holds afterwards.
          await syncWith(server, writer, change.faults).catch(() => undefined);
          kill.revive();
          if (change.killAfter === null) continue;
          writer.close();
          writer = await openWriter(storeKey);
        }
      }
      await syncWith(server, writer, []);

      expect(await writer.own.outbox.toArray()).toEqual([]);
      const ids = saved.map(({ id }) => id);
      const attention = await writer.own.attention.toArray();
      expect(ids.filter((id) => server.effects.get(id) !== 1)).toEqual([]);
      expect(attention.filter(({ id, error }) => !ids.includes(id) || error.code !== 'invalid_data')).toEqual([]);
      const live = [...server.rows.values()].filter((row) => row.deleted_at === null).toSorted((a, b) => b.no - a.no);
      expect(await readTableOf(writer.base, 'sellers')).toEqual(live.map((row) => rowFromWire(sellers, row)));
      const names = [...new Set(live.map(({ normalized_name }) => normalized_name))];
      const found = await findSellers(writer.own, writer.base, [...names, normalizeName('nobody')]);
      expect([...found.keys()].toSorted()).toEqual(names.toSorted());
      writer.close();
    }),
    { numRuns: soakRuns(150) },
  );
}, 180_000);
