import { expect, it } from 'vitest';
import { encodePage } from '#lib/store/page-codec.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { ColumnStore } from './column-store.ts';
import { createColumnStore } from './column-store.ts';
import { createOrderCache } from './order-cache.ts';
import type { Alternatives, Query } from './query.ts';
import { newestFirst } from './query.ts';
import { createQueryView, type QueryView } from './query-view.ts';

const everyone: Query = { search: '', where: [], sort: newestFirst };
const alternatives: Alternatives = [[{ column: 'flagged', is: true }], [{ column: 'flagged', is: false }]];

const context = { newestRun: () => null, refused: () => [], platformId: () => null };

/** The first four are shops, the others stores; each second one is flagged. */
function seller(no: number): Seller {
  const id = `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
  const data = { display_name: no <= 4 ? `shop ${no}` : `store ${no}` };
  const row = sellers.apply(null, { op: 'create', id, data, edited_at: 1 }) as Seller;
  return { ...row, no, flagged: no % 2 === 0 };
}

function sixSellers(): ColumnStore {
  const store = createColumnStore();
  for (let no = 1; no <= 6; no++) store.put(seller(no));
  return store;
}

/** A list of them, whose quick filters have not been counted. */
function sixListed(): { store: ColumnStore; view: QueryView } {
  const store = sixSellers();
  const view = createQueryView(store, createOrderCache(store), context, everyone, alternatives);
  view.settle();
  return { store, view };
}

/** Numbers of the rows that the view lists. */
const listed = (store: ColumnStore, { result }: QueryView): number[] => Array.from(result, store.no);

it('gives up counting for a list that is another by then, and counts anew for that one', () => {
  const { view } = sixListed();
  const counting = view.counting();
  counting.next();
  view.setQuery({ ...everyone, search: 'shop' }, alternatives);
  view.settle();
  expect(counting.next().done).toBe(true);
  expect(view.counts).toEqual([]);
  const steps = [...view.counting()];
  expect([steps.length, view.counts]).toEqual([2, [2, 2]]);
  // Nothing has changed since.
  expect([...view.counting()]).toEqual([]);
});

it('counts anew for a list that was brought up to date in a pause, in the same order too', () => {
  const { store, view } = sixListed();
  const before = view.result;
  const counting = view.counting();
  counting.next();
  store.setMarks(0, { ...store.marks(0), flagged: true });
  view.touch([]);
  view.settle();
  expect(view.result).toBe(before);
  expect([...view.counting()].length).toBe(2);
  expect(view.counts).toEqual([4, 2]);
  expect(counting.next().done).toBe(true);
  expect(view.counts).toEqual([4, 2]);
});

it('counts once for who asks twice', () => {
  const { view } = sixListed();
  const counting = view.counting();
  counting.next();
  expect([...view.counting()]).toEqual([]);
  expect([...counting].length).toBe(1);
  expect(view.counts).toEqual([3, 3]);
  // Who gives up leaves it to the next.
  view.touch([]);
  view.settle();
  const given = view.counting();
  given.next();
  given.return();
  expect([...view.counting()].length).toBe(2);
});

it('lists all rows in their order, none of the places that no row has', () => {
  const store = createColumnStore();
  const page = (at: number, nos: readonly number[]) => encodePage(sellers, at, nos.map(seller));
  store.append(page(0, [3, 1, 2]), new Set());
  store.append(page(1, [1024, 1025, 1026]), new Set([1025]));
  const orders = createOrderCache(store);
  const byName: Query = { ...everyone, sort: [{ column: 'display_name', order: 'asc' }] };
  for (const [query, expected] of [
    [everyone, [1026, 1024, 3, 2, 1]],
    [byName, [1, 2, 3, 1024, 1026]],
    [{ ...everyone, sort: [{ column: 'feedback_count', order: 'desc' }] }, [1, 2, 3, 1024, 1026]],
  ] as const) {
    const view = createQueryView(store, orders, context, query, []);
    view.settle();
    expect(listed(store, view)).toEqual(expected);
    expect(view.result).toBe(orders.order(query.sort));
  }
});

it('lists nothing that does not match, though as many match as there were rows when the order was made', () => {
  const store = sixSellers();
  const orders = createOrderCache(store);
  const view = createQueryView(store, orders, context, everyone, []);
  view.settle();
  // While the store is being read, orders are told of what has come in from time to time only.
  for (let no = 7; no <= 12; no++) store.put(seller(no));
  view.setQuery({ ...everyone, where: [{ column: 'flagged', is: true }] }, []);
  view.settle();
  expect(listed(store, view)).toEqual([6, 4, 2]);
});
