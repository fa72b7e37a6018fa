import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { countWaiting } from '#lib/sync/status.ts';
import { sellerId } from '#tests/helpers/sample-sellers.ts';
import { resolveAttention } from './attention.ts';
import { BaseDatabase } from './base-database.ts';
import { findSellers } from './find-sellers.ts';
import { MAX_TARGETS } from './mutation-pieces.ts';
import { addMutations, type NewMutation } from './outbox.ts';
import { dropAcknowledged, settleBatch, takeBatch } from './outbox-sending.ts';
import { OwnDatabase } from './own-database.ts';

const NOW = 1_800_000_000_000;
const YEAR = 365 * 86_400_000;
const LIMITS = { mutations: 100, ids: 10_000, bytes: 1_000_000 };
const AT_ONCE = { sentAt: NOW, serverTime: NOW };
let stores = 0;

function flag(at: number, edited_at: number, targets = 1): NewMutation {
  return {
    id: `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    table: 'sellers',
    op: 'flag',
    targets: Array.from({ length: targets }, (_, no) => ({ id: sellerId(no), no })),
    data: { flagged: at % 2 === 0 },
    edited_at,
  };
}

const open = () => new OwnDatabase(`outbox-${++stores}`);
const context = { now: NOW, newId: () => crypto.randomUUID() };

async function refuseAll(own: OwnDatabase): Promise<void> {
  const { code, message, details } = new AppError('deleted');
  const batch = await takeBatch(own, LIMITS);
  await settleBatch(
    own,
    batch.map(({ id }) => ({
      id,
      status: 'rejected',
      records: [],
      missing: [],
      error: { code, message, details },
    })),
    NOW,
    AT_ONCE,
  );
}

it('keeps the order of edits when the clock is set back between them', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW)]);
  await addMutations(own, [flag(2, NOW - YEAR), flag(3, NOW - YEAR + 1)]);
  await addMutations(own, [flag(4, NOW + 5)]);
  expect((await own.outbox.toArray()).map(({ edited_at }) => edited_at)).toEqual([NOW, NOW, NOW, NOW + 5]);
  own.close();
});

it('counts what waits in rows, and keeps entries to 2,000 of them', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW, 2 * MAX_TARGETS + 7), flag(2, NOW)]);
  expect((await own.outbox.toArray()).map(({ size }) => size)).toEqual([MAX_TARGETS, MAX_TARGETS, 7, 1]);
  expect(await countWaiting(own)).toBe(2 * MAX_TARGETS + 8);
  await takeBatch(own, LIMITS);
  expect(await countWaiting(own)).toBe(2 * MAX_TARGETS + 8);
  own.close();
});

it('makes nothing of a command that is repeated after its mutation was confirmed and pulled', async () => {
  const own = open();
  const mutation = flag(1, NOW);
  await addMutations(own, [mutation]);
  await takeBatch(own, LIMITS);
  await settleBatch(own, [{ id: mutation.id, status: 'applied', version: 1, records: [], missing: [] }], NOW, AT_ONCE);
  await addMutations(own, [mutation]);
  expect(await own.outbox.count()).toBe(1);
  await dropAcknowledged(own, [mutation.id], NOW);
  await addMutations(own, [mutation]);
  expect(await own.outbox.count()).toBe(0);
  own.close();
});

it.each(['discard', 'retry'] as const)('makes nothing of a command repeated after a %s', async (action) => {
  const own = open();
  await addMutations(own, [flag(1, NOW - YEAR)]);
  await refuseAll(own);
  expect(await own.attention.count()).toBe(1);
  await resolveAttention(own, [flag(1, NOW).id], { action }, context);
  await addMutations(own, [flag(1, NOW - YEAR)]);
  expect(await own.attention.count()).toBe(0);
  const queued = await own.outbox.toArray();
  expect(queued.map(({ edited_at, seen_at, data }) => ({ edited_at, seen_at, data }))).toEqual(
    action === 'discard' ? [] : [{ edited_at: NOW, seen_at: NOW, data: { flagged: false } }],
  );
  expect(queued.some(({ id }) => id === flag(1, NOW).id)).toBe(false);
  own.close();
});

it('sends a refused change once more with other data', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW)]);
  await refuseAll(own);
  await resolveAttention(own, [flag(1, NOW).id], { action: 'retry', data: { flagged: true } }, context);
  expect((await own.outbox.toArray()).map(({ data, state, size }) => ({ data, state, size }))).toEqual([
    { data: { flagged: true }, state: 'waiting', size: 1 },
  ]);
  own.close();
});

it('drops all that were confirmed in one go', async () => {
  const own = open();
  const ids = Array.from({ length: 30 }, (_, at) => flag(at, NOW).id);
  await addMutations(
    own,
    ids.map((_, at) => flag(at, NOW)),
  );
  await takeBatch(own, LIMITS);
  const results = ids.map((id) => ({ id, status: 'applied' as const, version: 1, records: [], missing: [] }));
  await settleBatch(own, results, NOW, AT_ONCE);
  await dropAcknowledged(own, ids, NOW);
  expect(await own.outbox.count()).toBe(0);
  expect(await own.done.count()).toBe(ids.length);
  own.close();
});

it('has a refused edit of a row created in the same batch follow that row, also when it is sent once more', async () => {
  const own = open();
  const id = '20000000-0000-4000-8000-000000000001';
  const target = { id, no: -5 };
  const create: NewMutation = { ...flag(1, NOW), op: 'create', targets: [target], data: { display_name: 'x' } };
  const rename: NewMutation = { ...flag(2, NOW), op: 'update', targets: [target], data: { display_name: 'taken' } };
  await addMutations(own, [create, rename]);
  await takeBatch(own, LIMITS);
  const { code, message, details } = new AppError('name_taken');
  const created = { id, no: 7, version: 1 };
  const results = [
    { id: create.id, status: 'applied' as const, version: 1, records: [created], missing: [] },
    { id: rename.id, status: 'rejected' as const, records: [], missing: [], error: { code, message, details } },
  ];
  await settleBatch(own, results, NOW, AT_ONCE);
  expect((await own.attention.toArray()).map(({ targets }) => targets)).toEqual([[{ id, no: 7 }]]);
  await resolveAttention(own, [rename.id], { action: 'retry' }, context);
  expect((await own.outbox.toArray()).at(-1)?.targets).toEqual([{ id, no: 7 }]);
  own.close();
});

it('counts a refused change of an earlier release that is sent once more', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW, 3)]);
  await refuseAll(own);
  await own.attention.toCollection().modify((entry) => void Reflect.deleteProperty(entry, 'size'));
  await resolveAttention(own, [flag(1, NOW).id], { action: 'retry' }, context);
  expect(await countWaiting(own)).toBe(3);
  own.close();
});

it('keeps rows that the server could not change for a person to see', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW, 3)]);
  await takeBatch(own, LIMITS);
  const result = { id: flag(1, NOW).id, version: 1, records: [], missing: [sellerId(2)] };
  await settleBatch(own, [{ ...result, status: 'applied' }], NOW, AT_ONCE);
  expect((await own.outbox.toArray()).map(({ state }) => state)).toEqual(['acknowledged']);
  const [rest] = await own.attention.toArray();
  expect([rest?.targets, rest?.error.code, rest?.error.details]).toEqual([
    [{ id: sellerId(2), no: 2 }],
    'partly_applied',
    { applied: 2 },
  ]);
  own.close();
});

it('refuses more rows than there is room for, with nothing stored, but none that are stored already', async () => {
  const own = open();
  await addMutations(own, [flag(1, NOW)], 1);
  await expect(addMutations(own, [flag(1, NOW), flag(2, NOW, 3)], 2)).rejects.toMatchObject({ code: 'storage_full' });
  expect(await own.outbox.count()).toBe(1);
  await addMutations(own, [flag(1, NOW)], -5);
  expect(await own.outbox.count()).toBe(1);
  own.close();
});

it('keeps many creations in entries of 2,000 rows each, which are known by name at once', async () => {
  const own = open();
  const base = new BaseDatabase(`outbox-${stores}`, 1, () => undefined);
  const targets = Array.from({ length: MAX_TARGETS + 3 }, (_, at) => ({ id: sellerId(at), no: -1 - at }));
  const rows = targets.map((_, at) => ({ display_name: `Added ${at}`, source: 'manual' }));
  await addMutations(own, [{ ...flag(1, NOW), op: 'create', targets, data: {}, rows }]);
  const entries = await own.outbox.toArray();
  expect(entries.map((entry) => [entry.targets.length, entry.rows?.length])).toEqual([
    [MAX_TARGETS, MAX_TARGETS],
    [3, 3],
  ]);
  expect(entries[1]?.rows?.[2]).toEqual(rows.at(-1));
  const names = ['added 0', `added ${MAX_TARGETS + 2}`, 'added x'];
  const found = await findSellers(own, base, names);
  expect(names.filter((name) => found.has(name))).toEqual(names.slice(0, 2));
  // Far over the limit of bytes, so one at a time.
  expect(await takeBatch(own, { ...LIMITS, bytes: 100_000 })).toHaveLength(1);
  base.close();
  own.close();
});
