import { expect, it } from 'vitest';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { createColumnStore } from './column-store.ts';
import { createOrderCache } from './order-cache.ts';
import type { Alternatives, Query } from './query.ts';
import { newestFirst } from './query.ts';
import { createQueryView } from './query-view.ts';

const everyone: Query = { search: '', where: [], sort: newestFirst };
const alternatives: Alternatives = [[{ column: 'flagged', is: true }], [{ column: 'flagged', is: false }]];

it('gives up counting for a list that is another by then, and counts anew for that one', () => {
  const store = createColumnStore();
  for (let no = 1; no <= 6; no++) {
    const id = `00000000-0000-4000-8000-00000000000${no}`;
    const data = { display_name: no <= 4 ? `shop ${no}` : `store ${no}` };
    store.put({
      ...(sellers.apply(null, { op: 'create', id, data, edited_at: 1 }) as Seller),
      no,
      flagged: no % 2 === 0,
    });
  }
  const context = { newestRun: () => null, refused: () => [], platformId: () => null };
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
