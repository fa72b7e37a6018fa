import { expect, it } from 'vitest';
import type { OrderCache } from './order-cache.ts';
import type { Sort } from './query.ts';
import { byNameAscending } from './sort-order.ts';
import { createSortPreparation } from './sort-preparation.ts';

const byTime: readonly Sort[] = [{ column: 'created_at', order: 'asc' }];
const byNumber: readonly Sort[] = [{ column: 'no', order: 'asc' }];

/** Orders that take a few slices each; `log` says what was begun, made and given up. */
function slowOrders(log: string[], between: () => void = () => undefined): Pick<OrderCache, 'build'> {
  const kept = new Set<string>();
  return {
    *build(sort) {
      const name = sort.map(({ column }) => column).join(' ');
      if (kept.has(name)) return new Uint32Array(0);
      log.push(`begin ${name}`);
      let isMade = false;
      try {
        for (let slice = 0; slice < 3; slice++) {
          for (const until = performance.now() + 15; performance.now() < until;);
          between();
          yield;
        }
        isMade = true;
        kept.add(name);
        return new Uint32Array(0);
      } finally {
        log.push(`${isMade ? 'made' : 'gave up'} ${name}`);
      }
    },
  };
}

it('makes an order in idle time, which then is there', async () => {
  const log: string[] = [];
  const data = { orders: slowOrders(log) as OrderCache };
  const sorts = createSortPreparation(() => data);
  await sorts.prepareNamesInIdle();
  await sorts.prepare(() => byNameAscending);
  expect(log).toEqual(['begin display_name', 'made display_name']);
});

it('goes on with the order of idle time when one that is made from it is wanted', async () => {
  const log: string[] = [];
  let wanted: Promise<void> | null = null;
  const data = {
    orders: slowOrders(log, () => {
      wanted ??= sorts.prepare(() => byTime);
    }) as OrderCache,
  };
  const sorts = createSortPreparation(() => data);
  await sorts.prepareNamesInIdle();
  await wanted;
  expect(log).toEqual(['begin display_name', 'made display_name', 'begin created_at', 'made created_at']);
});

it('gives up the order of idle time for another one that is wanted, and makes it afterwards', async () => {
  const log: string[] = [];
  let wanted: Promise<void> | null = null;
  const data = {
    orders: slowOrders(log, () => {
      wanted ??= sorts.prepare(() => byNumber);
    }) as OrderCache,
  };
  const sorts = createSortPreparation(() => data);
  await sorts.prepareNamesInIdle();
  await wanted;
  expect(log.toSorted()).toEqual(
    [
      'begin display_name',
      'gave up display_name',
      'begin no',
      'made no',
      'begin display_name',
      'made display_name',
    ].toSorted(),
  );
  expect(log.at(-1)).toBe('made display_name');
  expect(log.indexOf('gave up display_name')).toBeLessThan(log.indexOf('made no'));
});

it('gives up after a few tries where something else is wanted all the time', async () => {
  const log: string[] = [];
  const others = Array.from({ length: 9 }, (_, at): Sort[] => [
    { column: 'no', order: 'asc' },
    { column: `other${at}`, order: 'asc' },
  ]);
  const orders = slowOrders(log, () => {
    if (log.at(-1) !== 'begin display_name') return;
    const next = others.pop();
    void sorts.prepare(() => next);
  }) as OrderCache;
  const data = { orders };
  const sorts = createSortPreparation(() => data);
  await sorts.prepareNamesInIdle();
  expect(log.filter((one) => one === 'gave up display_name')).toHaveLength(3);
  expect(log).not.toContain('made display_name');
});
