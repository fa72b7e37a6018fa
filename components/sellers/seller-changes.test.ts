import { describe, expect, it } from 'vitest';
import type { PageMutation } from '#lib/messaging/contract.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { createSellerChanges } from './seller-changes.ts';

function setUp(failAt = Number.POSITIVE_INFINITY) {
  const flagged = new Map(Array.from({ length: 5001 }, (_, no) => [no, no % 2 === 0]));
  const sent: PageMutation[] = [];
  let ids = 0;
  const changes = createSellerChanges({
    send: (mutations) => {
      if (sent.length >= failAt) return Promise.reject(new AppError('storage_full'));
      sent.push(...mutations);
      for (const { op, targets, data } of mutations)
        if (op === 'flag') for (const { no } of targets) flagged.set(no, data['flagged'] === true);
      return Promise.resolve({});
    },
    targets: (handles) =>
      Promise.resolve(
        handles.flatMap((no) => (flagged.has(no) ? [{ id: `id${no}`, no, flagged: flagged.get(no) ?? false }] : [])),
      ),
    now: () => 5,
    newId: () => `m${++ids}`,
  });
  return { changes, sent, flagged };
}

describe('seller changes', () => {
  it('flags only those that need it, at most 2,000 in a mutation, and takes back exactly those', async () => {
    const { changes, sent, flagged } = setUp();
    const before = new Map(flagged);
    const progress: number[] = [];
    const change = await changes.flag([...flagged.keys(), 9999], true, (done) => progress.push(done));
    expect(change?.sellers).toBe(2500);
    expect([...flagged.values()].every(Boolean)).toBe(true);
    expect(Math.max(...sent.map(({ targets }) => targets.length))).toBeLessThanOrEqual(2000);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    expect(progress).toEqual([2000, 4000, 5002]);
    await change?.undo();
    expect(flagged).toEqual(before);
  });

  it('sends nothing when every seller is so already', async () => {
    const { changes, sent } = setUp();
    expect(await changes.flag([0, 2, 4], true)).toBeNull();
    expect(sent).toEqual([]);
  });

  it('passes on that the disk is full', async () => {
    const { changes } = setUp(0);
    await expect(changes.flag([1], true)).rejects.toMatchObject({ code: 'storage_full' });
    await expect(changes.rename({ id: 'a', no: 1 }, 'old', 'new')).rejects.toMatchObject({ code: 'storage_full' });
  });

  it('renames and names back', async () => {
    const { changes, sent } = setUp();
    const change = await changes.rename({ id: 'a', no: 1 }, 'old', 'new');
    await change.undo();
    expect(sent.map(({ op, targets, data }) => [op, targets, data])).toEqual([
      ['update', [{ id: 'a', no: 1 }], { display_name: 'new' }],
      ['update', [{ id: 'a', no: 1 }], { display_name: 'old' }],
    ]);
  });
});
