import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';

/** What one can ask for with a click; `name` is how the address says it. */
export const sellerFilters = [
  { name: 'new', title: 'New from last run', where: { column: 'first_seen_run_id', in: [NEWEST_RUN] } },
  { name: 'flagged', title: 'Flagged', where: { column: 'flagged', is: true } },
  { name: 'not_flagged', title: 'Not flagged', where: { column: 'flagged', is: false } },
  { name: 'seen_3', title: 'Seen ≥ 3', where: { column: 'times_seen', from: 3 } },
  // Percentages have three decimals at most; ends of a range belong to it.
  { name: 'below_98', title: 'Feedback < 98 %', where: { column: 'feedback_percent', to: 97.999 } },
  { name: 'by_hand', title: 'Added by hand', where: { column: 'source', in: ['manual'] } },
  { name: 'attention', title: 'Needs attention', where: { column: 'refused', is: true } },
] as const satisfies readonly { name: string; title: string; where: Condition }[];

export type SellerFilter = (typeof sellerFilters)[number];

export function isSameCondition(one: Condition, other: Condition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The filter whose condition this is, if any. */
export function filterOf(condition: Condition): SellerFilter | undefined {
  return sellerFilters.find(({ where }) => isSameCondition(where, condition));
}

/** The conditions with a filter on, in the place of others on its column, or off. */
export function toggled(where: readonly Condition[], filter: SellerFilter): readonly Condition[] {
  const others = where.filter((condition) => !isSameCondition(condition, filter.where));
  if (others.length < where.length) return others;
  return [...others.filter(({ column }) => column !== filter.where.column), filter.where];
}

/** What each filter would show beside the conditions that hold: those that are on show what is shown. */
export function filterAlternatives(where: readonly Condition[]): readonly (readonly Condition[])[] {
  return sellerFilters.map((filter) => {
    const isOn = where.some((condition) => isSameCondition(condition, filter.where));
    return isOn ? where : toggled(where, filter);
  });
}
