import { describe, expect, it } from 'vitest';
import type { PageMutation } from '#lib/messaging/contract.ts';
import type { ChosenRows, MarkChange } from '#lib/query/query.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { derivedId } from '#lib/shared/derived-id.ts';
import { MAX_TARGETS, pieceId } from '#lib/store/mutation-pieces.ts';
import { unpackTargets } from '#lib/store/packed-targets.ts';
import type { Target } from '#lib/store/types.ts';
import { writeUuid } from '#lib/store/uuid-bytes.ts';
import { createSellerChanges } from './seller-changes.ts';

const uuid = (no: number): string => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;

/** A store of so many sellers, every second one flagged. */
function setUp(rows: number, failAt = Number.POSITIVE_INFINITY) {
  const flagged = new Map(Array.from({ length: rows }, (_, no) => [no, no % 2 === 0]));
  const deleted = new Set<number>();
  const sent: (Omit<PageMutation, 'targets'> & { targets: Target[] })[] = [];
  const shown: string[] = [];
  let refused: string[] = [];
  let ids = 0;
  const apply = ({ op, targets, data }: (typeof sent)[number]): void => {
    for (const { no } of targets)
      if (op === 'flag') flagged.set(no, data['flagged'] === true);
      else if (op === 'delete') deleted.add(no);
      else if (op === 'restore') deleted.delete(no);
  };
  const fits = (no: number, change: MarkChange): boolean =>
    flagged.has(no) && !deleted.has(no) && (change.op !== 'flag' || flagged.get(no) !== change.flagged);
  const changes = createSellerChanges({
    async send(mutations) {
      // A later command must not overtake one that takes long.
      await new Promise((resolve) => setTimeout(resolve, sent.length === 0 ? 20 : 0));
      if (sent.length >= failAt) throw new AppError('storage_full');
      const unpacked = mutations.map((one) => ({ ...one, targets: unpackTargets(one.targets) }));
      sent.push(...unpacked);
      unpacked.forEach(apply);
    },
    choose(chosen, change, id) {
      if (id !== null) shown.push(`${change.op} ${id}`);
      const handles = chosen.kind === 'some' ? [...chosen.handles] : [...flagged.keys()];
      const nos = Float64Array.from(handles.filter((no) => fits(no, change)));
      const packed = new Uint8Array(nos.length * 16);
      nos.forEach((no, at) => writeUuid(uuid(no), packed, at * 16));
      return Promise.resolve({ nos, ids: packed });
    },
    assume: (id, change) => shown.push(`${change.op} ${id}`),
    settle: (id, end) => shown.push(`${end} ${id}`),
    refused: () => Promise.resolve(refused.map((id) => ({ id }))),
    untilPainted: () => new Promise((resolve) => setTimeout(resolve, 30)),
    now: () => 5,
    newId: () => uuid(1_000_000 + ++ids),
  });
  return { changes, sent, flagged, deleted, shown, refuse: (all: string[]) => (refused = all) };
}

const rows = (...nos: number[]): ChosenRows => ({ kind: 'some', handles: Float64Array.from(nos) });
const everyRow: ChosenRows = { kind: 'all', except: new Float64Array() };
const flag = { op: 'flag', flagged: true } as const;

describe('seller changes', () => {
  it('flags only those that need it, shown at once, and takes back exactly those', async () => {
    const { changes, sent, flagged, shown } = setUp(5001);
    const before = new Map(flagged);
    const change = await changes.mark(everyRow, flag, true);
    expect(change?.sellers).toBe(2500);
    expect([...flagged.values()].every(Boolean)).toBe(true);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.targets[0]).toEqual({ id: uuid(1), no: 1 });
    await change?.undo();
    expect(flagged).toEqual(before);
    const [first, second] = [uuid(1_000_001), uuid(1_000_002)];
    expect(shown).toEqual([`flag ${first}`, `landed ${first}`, `flag ${second}`, `landed ${second}`]);
  });

  it('stores changes in the order in which they were shown, few after many too', async () => {
    const { changes, sent, flagged } = setUp(8001);
    const many = changes.mark(everyRow, flag, true);
    const few = changes.mark(rows(2), { op: 'flag', flagged: false }, true);
    await Promise.all([many, few]);
    expect(sent.map(({ targets }) => targets.length)).toEqual([4000, 1]);
    expect(flagged.get(2)).toBe(false);
  });

  it('sends 10,000 in a command, and brings back in one undo all that were deleted', async () => {
    const { changes, sent, deleted } = setUp(25_000);
    const progress: number[] = [];
    const change = await changes.mark(everyRow, { op: 'delete' }, true, (done) => progress.push(done));
    expect(sent.map(({ targets }) => targets.length)).toEqual([10_000, 10_000, 5000]);
    expect(new Set(sent.flatMap(({ targets }) => targets.map(({ id }) => id))).size).toBe(25_000);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
    expect(progress).toEqual([10_000, 20_000, 25_000]);
    expect(deleted.size).toBe(25_000);
    await change?.undo();
    expect(deleted.size).toBe(0);
    expect(sent.slice(3).every(({ op, data }) => op === 'restore' && Object.keys(data).length === 0)).toBe(true);
  });

  it('stores changes in the order in which they were shown', async () => {
    const { changes, flagged } = setUp(10);
    const both = [changes.mark(rows(1, 3), flag, true), changes.mark(rows(0, 2), { op: 'flag', flagged: false }, true)];
    await Promise.all(both);
    expect([0, 1, 2, 3].map((no) => flagged.get(no))).toEqual([false, true, false, true]);
  });

  it('sends nothing when every seller is so already', async () => {
    const { changes, sent } = setUp(10);
    expect(await changes.mark(rows(0, 2, 4), flag, true)).toBeNull();
    expect(sent).toEqual([]);
  });

  it('says that the disk is full and takes back what it showed', async () => {
    const { changes, shown } = setUp(10, 0);
    await expect(changes.mark(rows(1, 3), flag, true)).rejects.toMatchObject({ code: 'storage_full' });
    expect(shown.at(-1)).toBe(`takeBack ${uuid(1_000_001)}`);
    await expect(changes.mark(rows(1), flag, false)).rejects.toMatchObject({ code: 'storage_full' });
    await expect(changes.edit({ id: uuid(1), no: 1 }, { note: null }, { note: 'new' })).rejects.toMatchObject({
      code: 'storage_full',
    });
  });

  it('keeps what was stored before the disk became full, and takes back that alone', async () => {
    const { changes, sent, deleted, shown } = setUp(25_000, 2);
    const change = await changes.mark(everyRow, { op: 'delete' }, true);
    expect(change).toMatchObject({ sellers: 20_000, failure: { code: 'storage_full' } });
    expect(shown.at(-1)).toMatch(/^landed /);
    expect(deleted.size).toBe(20_000);
    await expect(change?.undo()).rejects.toMatchObject({ code: 'storage_full' });
    expect(sent.flatMap(({ targets }) => targets)).toHaveLength(20_000);
  });

  it('has nothing to undo when the server refused all of it, but what is left of it when it refused a part', async () => {
    const { changes, sent, refuse } = setUp(25_000);
    const change = await changes.mark(everyRow, { op: 'delete' }, true);
    const entries = sent.flatMap(({ id, targets }) =>
      Array.from({ length: Math.ceil(targets.length / MAX_TARGETS) }, (_, at) => pieceId(id, at)),
    );
    expect(new Set([...entries, derivedId(sent[0]?.id ?? '', '1')]).size).toBe(13);
    refuse(entries);
    await expect(change?.undo()).rejects.toMatchObject({ code: 'nothing_to_undo' });
    refuse(entries.slice(1));
    await change?.undo();
    expect(sent).toHaveLength(6);
  });

  it('deletes so that runs pass the seller over, and takes that back by restoring it', async () => {
    const { changes, sent } = setUp(10);
    const change = await changes.mark(rows(1), { op: 'delete', never_again: true }, false);
    await change?.undo();
    expect(sent.map(({ op, data }) => [op, data])).toEqual([
      ['delete', { never_again: true }],
      ['restore', {}],
    ]);
  });

  it('renames and names back', async () => {
    const { changes, sent, refuse } = setUp(10);
    const target = { id: uuid(1), no: 1 };
    const change = await changes.edit(target, { display_name: 'old' }, { display_name: 'new' });
    refuse([sent[0]?.id ?? '']);
    await expect(change.undo()).rejects.toMatchObject({ code: 'nothing_to_undo' });
    refuse([]);
    await change.undo();
    expect(sent.map(({ op, targets, data }) => [op, targets, data])).toEqual([
      ['update', [target], { display_name: 'new' }],
      ['update', [target], { display_name: 'old' }],
    ]);
  });
});
