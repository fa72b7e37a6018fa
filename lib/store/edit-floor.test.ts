import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
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

it('has an edit made while a slow request is on its way count after the edit in that request', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW);
  const [first] = await takeBatch(own, LIMITS, NOW);
  await edit(own, 2, NOW + 1000);
  // Five seconds on a hotel network: the server takes the first edit for one made as it arrives.
  const applied = { id: first?.id ?? '', status: 'applied' as const, version: 1, records: [], missing: [] };
  await settleBatch(own, [applied], NOW + 5100, { sentAt: NOW, serverTime: NOW + 5000 });
  const [second] = await takeBatch(own, LIMITS, NOW + 5100);
  if (first === undefined || second === undefined) throw new TypeError('both edits are there');
  const before = reckoned(first, NOW, NOW + 5000);
  expect(before).toBe(NOW + 5000);
  expect(reckoned(second, NOW + 5100, NOW + 5200)).toBeGreaterThanOrEqual(before);
  own.close();
});

it('does so as well when the answer to the slow request is lost, or its worker killed', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  await edit(own, 1, NOW);
  await takeBatch(own, LIMITS, NOW);
  await edit(own, 2, NOW + 1000);
  await returnBatch(own, NOW + 10_000);
  const again = await takeBatch(own, LIMITS, NOW + 11_000);
  expect(again.map((entry) => reckoned(entry, NOW + 11_000, NOW + 11_000))).toEqual([NOW, NOW + 10_000]);
  own.close();
});

it('keeps the order when a batch that arrived late is answered at once the second time', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  const full = { ...LIMITS, mutations: 1 };
  await edit(own, 1, NOW);
  await takeBatch(own, full, NOW);
  await edit(own, 2, NOW + 5000);
  await returnBatch(own, NOW + 10_000);
  const [again] = await takeBatch(own, full, NOW + 11_000);
  const duplicate = { id: again?.id ?? '', status: 'duplicate' as const, version: 1, records: [], missing: [] };
  await settleBatch(own, [duplicate], NOW + 11_100, { sentAt: NOW + 11_000, serverTime: NOW + 11_100 });
  const [second] = await takeBatch(own, full, NOW + 12_000);
  if (second === undefined) throw new TypeError('the second edit is there');
  // The first arrived after 9 s, and counts as made then.
  expect(reckoned(second, NOW + 12_000, NOW + 12_000)).toBeGreaterThanOrEqual(NOW + 9000);
  own.close();
});

it('leaves edits made offline at their own times', async () => {
  const own = new OwnDatabase(`floor-${++stores}`);
  const hours = 3_600_000;
  await edit(own, 1, NOW);
  await edit(own, 2, NOW + 8 * hours);
  await takeBatch(own, LIMITS, NOW + 8 * hours);
  await edit(own, 3, NOW + 8.5 * hours);
  // The browser was closed for an hour with the request on its way.
  await returnBatch(own, NOW + 9 * hours);
  const sent = await takeBatch(own, LIMITS, NOW + 10 * hours);
  expect(sent.map((entry) => reckoned(entry, NOW + 10 * hours, NOW + 10 * hours))).toEqual([
    NOW,
    NOW + 8 * hours,
    NOW + 8.5 * hours,
  ]);
  own.close();
});
