import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { ColumnStore } from './column-store.ts';
import { createColumnStore } from './column-store.ts';
import { createOrderCache } from './order-cache.ts';
import type { Sort } from './query.ts';
import { slotComparator } from './sort-keys.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// Enough rows with long common beginnings that the radix sort goes several keys deep.
const beginnings = ['', 'abcdefgh', 'abcdefghabcdefgh', 'abcdefghabcdefg\u0000', 'abcdefgÿ', 'abcdefghĀ', 'x\u{1f600}'];
const name = fc.tuple(
  fc.constantFrom(...beginnings),
  fc.string({ unit: fc.constantFrom('a', 'b', '_', '0', '\u0000', 'þ', 'ÿ', 'Ā', '\uffff'), maxLength: 9 }),
);
const row = fc.record({
  name: name.map((parts) => parts.join('')),
  times_seen: fc.constantFrom(1, 2, 2 ** 40),
  feedback_percent: fc.constantFrom(null, -1.5, -0, 0, 0.1, 99.9),
  item_count: fc.constantFrom(null, 0, 7, 2 ** 31 - 2),
  feedback_count: fc.constantFrom(null, 0, 2 ** 31 - 2, 2 ** 31 - 1),
  source: fc.constantFrom('run' as const, 'import' as const, 'manual' as const),
});
type RandomRow = typeof row extends fc.Arbitrary<infer T> ? T : never;
const rows = fc.array(row, { minLength: 2500, maxLength: 6000, size: 'max' });
const sorts: readonly Sort[][] = [
  [{ column: 'display_name', order: 'asc' }],
  [{ column: 'display_name', order: 'desc' }],
  [{ column: 'no', order: 'desc' }],
  [{ column: 'feedback_percent', order: 'asc' }],
  [
    { column: 'feedback_percent', order: 'desc' },
    { column: 'times_seen', order: 'asc' },
  ],
  [{ column: 'item_count', order: 'asc' }],
  [{ column: 'item_count', order: 'desc' }],
  [{ column: 'feedback_count', order: 'asc' }],
  [{ column: 'feedback_count', order: 'desc' }],
  [{ column: 'source', order: 'desc' }],
  [
    { column: 'times_seen', order: 'asc' },
    { column: 'display_name', order: 'desc' },
  ],
];

function put(store: ColumnStore, no: number, { name: normalized_name, ...rest }: RandomRow, alive = true): number {
  const blank = sellers.apply(null, {
    op: 'create',
    id: '00000000-0000-4000-8000-000000000001',
    data: { display_name: 'x' },
    edited_at: 0,
  }) as Seller;
  return store.put({
    ...blank,
    ...rest,
    no,
    normalized_name,
    display_name: normalized_name,
    deleted_at: alive ? null : 1,
  });
}

function expectOrdered(store: ColumnStore, sort: readonly Sort[], order: Uint32Array): void {
  const slots = Array.from({ length: store.slots }, (_, slot) => slot);
  expect(Array.from(order)).toEqual(slots.sort(slotComparator(store, sort)));
}

describe('sort order', () => {
  it.each(sorts)('by %o agrees with the comparison of whole rows, before and after changes', (...sort) => {
    const change = fc.tuple(fc.nat({ max: 7000 }), row, fc.boolean());
    fc.assert(
      fc.property(rows, fc.array(change, { maxLength: 50 }), (before, changes) => {
        const store = createColumnStore();
        const cache = createOrderCache(store);
        before.forEach((one, at) => put(store, at, one));
        expectOrdered(store, sort, cache.order(sort));
        cache.touch(
          changes.map(([no, one, alive]) => put(store, no % 5 === 0 ? -1 - no : no, one, alive)),
          null,
        );
        expectOrdered(store, sort, cache.order(sort));
      }),
      { numRuns: 4, seed },
    );
  });

  it('keeps the cached order of other sorts up to date', () => {
    const store = createColumnStore();
    const cache = createOrderCache(store);
    const [byName = [], byNameDown = []] = sorts;
    const one = { times_seen: 1, feedback_percent: null, item_count: 1, feedback_count: 1, source: 'run' as const };
    for (const [no, text] of ['c', 'a', 'b'].entries()) put(store, no, { ...one, name: text });
    expect(Array.from(cache.order(byName))).toEqual([1, 2, 0]);
    expect(Array.from(cache.order(byNameDown))).toEqual([0, 2, 1]);
    cache.touch([put(store, 0, { ...one, name: 'aa' })], null);
    expect(Array.from(cache.order(byNameDown))).toEqual([2, 0, 1]);
    expect(Array.from(cache.order(byName))).toEqual([1, 0, 2]);
  });
});
