import { finishInSlices } from './finish-in-slices.ts';
import type { OrderCache } from './order-cache.ts';
import type { Sort } from './query.ts';

/**
 * Makes orders piece by piece, only one at a time: the next may find its own made. Begins again when another order is
 * wanted meanwhile, or the rows (`current`) are others; `wanted` answers undefined when none is any more.
 */
export function createSortPreparation(current: () => { readonly orders: OrderCache }) {
  let preparing: Promise<void> = Promise.resolve();

  return (wanted: () => readonly Sort[] | undefined): Promise<void> => {
    const make = async (): Promise<void> => {
      for (;;) {
        const of = current();
        const sort = wanted();
        if (sort === undefined) return;
        const isWanted = (): boolean => of === current() && JSON.stringify(wanted()) === JSON.stringify(sort);
        if (await finishInSlices(of.orders.build(sort), isWanted)) return;
      }
    };
    return (preparing = preparing.then(make, make));
  };
}
