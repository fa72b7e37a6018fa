import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';
import { createBaseFollower } from './base-follower.ts';

const row = (no: number): StoredRow => rowFromWire(sellers, wireSeller(no, 1)) as unknown as StoredRow;

/** Pages with a row each. */
function setUp(pages: readonly number[]) {
  const store = createMemoryStore();
  store.writePages(pages.map((page) => row(page * PAGE_ROWS + 7)));
  return store;
}

async function pagesRead(reader: StoreReader): Promise<number[]> {
  const read: number[] = [];
  for await (const { pages } of createBaseFollower(reader).load(() => undefined))
    read.push(...pages.map(({ page }) => page));
  return read;
}

describe('reading the whole table', () => {
  it.each([
    ['no page', []],
    ['the first page alone', [0]],
    ['many pages without a gap', Array.from({ length: 90 }, (_, page) => page)],
    ['gaps of any size', [0, 1, 2, 3, 9, 40, 41, 42, 43, 44, 45, 200, 260, 261, 5000]],
    ['a page far up', [70_000]],
  ])('gives each page once, highest first: %s', async (_, pages) => {
    expect(await pagesRead(setUp(pages).reader)).toEqual(pages.toReversed());
  });

  it.each([
    ['no page', []],
    ['many pages', Array.from({ length: 30 }, (_, page) => page)],
    ['gaps', [0, 9, 40, 41, 42, 43, 44, 45, 200, 260]],
  ])('gives each changed row once, no later than pages below it, beside %s', async (_, pages) => {
    const store = setUp(pages);
    const changed = [0, 3, 9, 40, 100, 150, 200, 261, 300].flatMap((page) => [
      page * PAGE_ROWS + 7,
      page * PAGE_ROWS + 8,
    ]);
    store.writeRows(changed.map(row));
    const given: number[] = [];
    for await (const { pages: some, rows } of createBaseFollower(store.reader).load(() => undefined)) {
      given.push(...rows.map(({ no }) => no));
      for (const { page } of some)
        expect(given).toEqual(expect.arrayContaining(changed.filter((no) => no >= page * PAGE_ROWS)));
      if (some.length === 1 && pages.at(-1) === some[0]?.page)
        expect(given.every((no) => no >= (some[0]?.page ?? 0) * PAGE_ROWS)).toBe(true);
    }
    expect(given.toSorted((a, b) => a - b)).toEqual(changed);
  });

  it('asks for one page first, and for no more before it is taken', async () => {
    const { reader } = setUp(Array.from({ length: 90 }, (_, page) => page));
    const asked: [number, number][] = [];
    const follower = createBaseFollower({
      ...reader,
      readPageRange: (table, from, to) => {
        asked.push([from, to]);
        return reader.readPageRange(table, from, to);
      },
    });
    const steps = follower.load(() => undefined);
    await steps.next();
    expect(asked).toEqual([[89, 90]]);
    await steps.next();
    expect(asked.length).toBeGreaterThan(2);
  });

  it('is begun again after it has failed half-way', async () => {
    const { reader } = setUp(Array.from({ length: 90 }, (_, page) => page));
    const follower = createBaseFollower({
      ...reader,
      readPageRange: (table, from, to) =>
        from < 50 ? Promise.reject(new AppError('storage_unreadable')) : reader.readPageRange(table, from, to),
    });
    const load = async (): Promise<void> => {
      for await (const step of follower.load(() => undefined)) void step;
    };
    await expect(load()).rejects.toThrow(AppError);
    expect(await follower.next()).toBe('reload');
  });
});
