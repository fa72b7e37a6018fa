import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { PushResult } from '#lib/protocol/push.ts';
import { sellerId } from '#tests/helpers/sample-sellers.ts';
import { addMutations } from './outbox.ts';
import { returnBatch, settleBatch, takeBatch } from './outbox-sending.ts';
import { OwnDatabase } from './own-database.ts';
import type { OutboxEntry } from './types.ts';

const NOW = 1_800_000_000_000;
const LIMITS = { mutations: 1000, ids: 10_000, bytes: 1_000_000 };
let stores = 0;

async function edit(own: OwnDatabase, at: number, edited_at: number): Promise<void> {
  const id = `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const targets = [{ id: sellerId(1), no: 1 }];
  await addMutations(own, [{ id, table: 'sellers', op: 'flag', targets, data: { flagged: at === 1 }, edited_at }]);
}

/** CONTRACT 2: the time of an edit as the server reckons it, when it arrives at `now`. */
function reckoned({ edited_at, seen_at }: OutboxEntry, sentAt: number, now: number): number {
  return Math.min(now, Math.max(seen_at ?? 0, now - (sentAt - edited_at)));
}

/** What the server answers when it takes the entry, for the first time, at `now`. */
function applied(entry: OutboxEntry, sentAt: number, now: number): PushResult {
  const made_at = new Date(reckoned(entry, sentAt, now)).toISOString();
  return { id: entry.id, status: 'applied', version: 1, made_at, records: [], missing: [] };
}

it('has an edit made while a slow request is on its way count after the edit in that request', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW);
  const [first] = await takeBatch(own, LIMITS);
  await edit(own, 2, NOW + 1000);
  if (first === undefined) throw new TypeError('the first edit is there');
  // Five seconds on a hotel network: the server takes the first edit for one made as it arrives.
  const result = applied(first, NOW, NOW + 5000);
  await settleBatch(own, [result], NOW + 5100, { sentAt: NOW, serverTime: NOW + 5000 });
  const [second] = await takeBatch(own, LIMITS);
  if (second === undefined) throw new TypeError('the second edit is there');
  expect(Date.parse(result.made_at ?? '')).toBe(NOW + 5000);
  expect(reckoned(second, NOW + 5100, NOW + 5200)).toBe(NOW + 5000);
  own.close();
});

it('sends what may have arrived without what comes behind it', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW);
  await edit(own, 2, NOW);
  await takeBatch(own, LIMITS);
  await edit(own, 3, NOW + 1000);
  await returnBatch(own);
  expect((await takeBatch(own, LIMITS)).map(({ seq }) => seq)).toEqual([1, 2]);
  await returnBatch(own);
  expect(await takeBatch(own, { ...LIMITS, mutations: 1 })).toHaveLength(1);
  own.close();
});

it.each([
  ['a server that says when the first edit counts as made', true],
  ['an older server that does not', false],
])('keeps the order when a batch that arrived late is answered the second time: %s', async (_name, says) => {
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW);
  const [first] = await takeBatch(own, LIMITS);
  await edit(own, 2, NOW + 5000);
  await returnBatch(own);
  const [again] = await takeBatch(own, LIMITS);
  if (first === undefined || again === undefined) throw new TypeError('the first edit is there');
  // It had arrived after 9 s.
  const { made_at = '', ...silent } = applied(first, NOW, NOW + 9000);
  const duplicate = { ...silent, ...(says ? { made_at } : {}), status: 'duplicate' as const };
  await settleBatch(own, [duplicate], NOW + 11_100, { sentAt: NOW + 11_000, serverTime: NOW + 11_100 });
  const [second] = await takeBatch(own, LIMITS);
  if (second === undefined) throw new TypeError('the second edit is there');
  const counts = reckoned(second, NOW + 12_000, NOW + 12_000);
  expect(counts).toBe(says ? NOW + 9000 : NOW + 5000);
  own.close();
});

it('keeps the order when the clock is set right between two edits’ sendings', async () => {
  const YEAR = 31_536_000_000;
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW - YEAR);
  await edit(own, 2, NOW - YEAR + 5);
  const [first] = await takeBatch(own, { ...LIMITS, mutations: 1 });
  if (first === undefined) throw new TypeError('the first edit is there');
  // It arrives, and nobody hears so; then the clock is right, and the second edit looks a year old.
  const result = applied(first, NOW - YEAR, NOW);
  await returnBatch(own);
  await takeBatch(own, LIMITS);
  await settleBatch(own, [{ ...result, status: 'duplicate' }], NOW + 10, { sentAt: NOW + 9, serverTime: NOW + 10 });
  const [second] = await takeBatch(own, LIMITS);
  if (second === undefined) throw new TypeError('the second edit is there');
  expect(reckoned(second, NOW + 20, NOW + 20)).toBe(NOW);
  own.close();
});

it('leaves edits made offline at their own times', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  const hours = 3_600_000;
  await edit(own, 1, NOW);
  await edit(own, 2, NOW + 8 * hours);
  const sent = await takeBatch(own, LIMITS);
  const at = NOW + 8 * hours;
  const results = sent.map((entry) => applied(entry, at, at));
  await edit(own, 3, NOW + 8.5 * hours);
  // The browser was closed for an hour with the request on its way.
  await returnBatch(own);
  const again = await takeBatch(own, LIMITS);
  const duplicates = results.map((result) => ({ ...result, status: 'duplicate' as const }));
  await settleBatch(own, duplicates, NOW + 10 * hours, { sentAt: NOW + 10 * hours, serverTime: NOW + 10 * hours });
  expect(again.map((entry) => reckoned(entry, at, at))).toEqual([NOW, at]);
  const [third] = await takeBatch(own, LIMITS);
  if (third === undefined) throw new TypeError('the third edit is there');
  expect(reckoned(third, NOW + 10 * hours, NOW + 10 * hours)).toBe(NOW + 8.5 * hours);
  own.close();
});
