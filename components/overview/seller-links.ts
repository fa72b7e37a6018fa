import { paramsFromQuery, everySeller } from '#components/sellers/seller-query.ts';
import { routeHash } from '#components/shell/route.ts';
import type { Condition, Sort } from '#lib/query/query.ts';

/** The address of the sellers that meet these conditions; of all of them it says so, or the list would be the last one shown. */
export function sellersHash(where: readonly Condition[], sort: readonly Sort[] = everySeller.sort): string {
  return routeHash('sellers', { filter: '', ...paramsFromQuery({ search: '', where, sort }) });
}
