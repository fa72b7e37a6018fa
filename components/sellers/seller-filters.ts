import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';

/** What one can choose between with a click; `name` is how the address says it. */
export const sellerFilters = [
  { name: 'all', title: 'All', where: [] },
  { name: 'new', title: 'New', where: [{ column: 'first_seen_run_id', in: [NEWEST_RUN] }] },
  { name: 'flagged', title: 'Flagged', where: [{ column: 'flagged', is: true }] },
  { name: 'not_flagged', title: 'Not flagged', where: [{ column: 'flagged', is: false }] },
] as const satisfies readonly { name: string; title: string; where: readonly Condition[] }[];

export type SellerFilter = (typeof sellerFilters)[number];

/** The filter whose conditions these are, if any. */
export function filterOf(where: readonly Condition[]): SellerFilter | undefined {
  return sellerFilters.find((filter) => JSON.stringify(filter.where) === JSON.stringify(where));
}
