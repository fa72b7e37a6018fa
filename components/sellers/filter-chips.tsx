import { formatNumber } from '#components/ui/format.ts';
import { Toggle } from '#components/ui/toggle.tsx';
import type { Condition } from '#lib/query/query.ts';
import { isSameCondition, sellerFilters, toggled } from './seller-filters.ts';

interface FilterChipsProps {
  readonly where: readonly Condition[];
  /** Rows that each filter shows beside the conditions that hold, in their order. */
  readonly counts: readonly number[] | null;
  readonly onWhere: (where: readonly Condition[]) => void;
}

/** Filters that are on or off with one click. */
export function FilterChips({ where, counts, onWhere }: FilterChipsProps) {
  return sellerFilters.map((filter, at) => (
    <Toggle
      key={filter.name}
      pressed={where.some((condition) => isSameCondition(condition, filter.where))}
      onPressedChange={() => onWhere(toggled(where, filter))}
      size="sm"
    >
      {filter.title}{' '}
      {counts?.[at] !== undefined && (
        <span className="text-[12px] font-normal text-muted tabular-nums">{formatNumber(counts[at])}</span>
      )}
    </Toggle>
  ));
}
