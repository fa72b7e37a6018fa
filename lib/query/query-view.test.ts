import { expect, it } from 'vitest';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { ColumnStore } from './column-store.ts';
import { createColumnStore } from './column-store.ts';
import { createOrderCache } from './order-cache.ts';
import type { Alternatives, Query } from './query.ts';
import { newestFirst } from './query.ts';
import { createQueryView } from './query-view.ts';

const everyone: Query = { search: '', where: [], sort: newestFirst };
const alternatives: Alternatives = [[{ column: 'flagged', is: true }], [{ column: 'flagged', is: false }]];

const context = { newestRun: () => null, refused: () => [], platformId: () => null };

/** Four shops and two stores; each second one is flagged. */
function sixSellers(): ColumnStore {
  const store = createColumnStore();
  for (let no = 1; no <= 6; no++) {
    const id = `00000000-0000-4000-8000-00000000000${no}`;
    const data = { display_name: no <= 4 ? `shop ${no}` : `store ${no}` };
    const row = sellers.apply(null, { op: 'create', id, data, edited_at: 1 }) as Seller;
    store.put({ ...row, no, flagged: no % 2 === 0 });
  }
  return store;
}

it('gives up counting for a list that is another by then, and counts anew for that one', () => {
  const store = sixSellers();
  const view = createQueryView(store, createOrderCache(store), context, everyone, alternatives);
  view.settle();
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
  const store = sixSellers();
  const view = createQueryView(store, createOrderCache(store), context, everyone, alternatives);
  view.settle();
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
  const store = sixSellers();
  const view = createQueryView(store, createOrderCache(store), context, everyone, alternatives);
  view.settle();
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
