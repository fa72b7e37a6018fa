import { finishInSlices } from './finish-in-slices.ts';
import type { OrderCache } from './order-cache.ts';
import type { Sort } from './query.ts';

export interface SortPreparation {
  /**
   * Makes an order piece by piece, only one at a time: the next may find its own made. Begins again when another order is
   * wanted meanwhile, or the rows (`current`) are others; `wanted` answers undefined when none is any more.
   */
  prepare(wanted: () => readonly Sort[] | undefined): Promise<void>;
  /** Makes an order that may be wanted later, as long as nobody wants one now. */
  prepareInIdle(sort: readonly Sort[]): Promise<void>;
}

/** A list that changes all the time is not sorted all the time for nothing. */
const IDLE_TRIES = 3;

export function createSortPreparation(current: () => { readonly orders: OrderCache }): SortPreparation {
  let preparing: Promise<void> = Promise.resolve();
  let waiting = 0;

  return {
    prepare(wanted) {
      const make = async (): Promise<void> => {
        for (;;) {
          const of = current();
          const sort = wanted();
          if (sort === undefined) return;
          const isWanted = (): boolean => of === current() && JSON.stringify(wanted()) === JSON.stringify(sort);
          if (await finishInSlices(of.orders.build(sort), isWanted)) return;
        }
      };
      waiting += 1;
      return (preparing = preparing.then(make, make).finally(() => (waiting -= 1)));
    },
    async prepareInIdle(sort) {
      for (let tries = 0; tries < IDLE_TRIES; tries++) {
        while (waiting > 0) await preparing.catch(() => undefined);
        const of = current();
        if (await finishInSlices(of.orders.build(sort), () => waiting === 0 && of === current())) return;
      }
    },
  };
}
