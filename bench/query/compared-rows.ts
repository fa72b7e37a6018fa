import type { WireSeller } from '#lib/tables/sellers.ts';
import type { ListQuery } from './subject.ts';

/** The order of a list, for a peer: what checks the peers has an order of its own. */
export function comparedRows({ column, order }: ListQuery['sort']): (a: WireSeller, b: WireSeller) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [a[column], b[column]];
    if (left !== right) {
      // Empty values come last in both orders.
      if (left === null) return 1;
      if (right === null) return -1;
      return left < right ? -sign : sign;
    }
    return a.normalized_name < b.normalized_name ? -1 : a.normalized_name > b.normalized_name ? 1 : 0;
  };
}
