import { finishInSlices } from './finish-in-slices.ts';
import type { OrderCache } from './order-cache.ts';
import type { Sort } from './query.ts';
import { byNameAscending, isMadeFromNames } from './sort-order.ts';

export interface SortPreparation {
  /**
   * Makes an order piece by piece, only one at a time: the next may find its own made. Begins again when another order is
   * wanted meanwhile, or the rows (`current`) are others; `wanted` answers undefined when none is any more.
   */
  prepare(wanted: () => readonly Sort[] | undefined): Promise<void>;
  /** Makes the order by name, as long as nobody wants one now that is not made from it. */
  prepareNamesInIdle(): Promise<void>;
}

/** A list that changes all the time is not sorted all the time for nothing. */
const IDLE_TRIES = 3;

export function createSortPreparation(current: () => { readonly orders: OrderCache }): SortPreparation {
  let preparing: Promise<void> = Promise.resolve();
  let idle: Promise<unknown> = Promise.resolve();
  const waiting = new Set<() => readonly Sort[] | undefined>();
  const isHeldUp = (): boolean => [...waiting].some((wanted) => !isMadeFromNames(wanted() ?? byNameAscending));

  return {
    prepare(wanted) {
      const make = async (): Promise<void> => {
        for (;;) {
          const of = current();
          const sort = wanted();
          if (sort === undefined) return;
          // Half made, it is there sooner than made anew beside.
          if (isMadeFromNames(sort)) await idle;
          const isWanted = (): boolean => of === current() && JSON.stringify(wanted()) === JSON.stringify(sort);
          if (await finishInSlices(of.orders.build(sort), isWanted)) return;
        }
      };
      waiting.add(wanted);
      return (preparing = preparing.then(make, make).finally(() => waiting.delete(wanted)));
    },
    async prepareNamesInIdle() {
      for (let tries = 0; tries < IDLE_TRIES; tries++) {
        while (waiting.size > 0) await preparing.catch(() => undefined);
        const of = current();
        const making = finishInSlices(of.orders.build(byNameAscending), () => !isHeldUp() && of === current());
        idle = making.catch(() => undefined);
        if (await making) return;
      }
    },
  };
}
