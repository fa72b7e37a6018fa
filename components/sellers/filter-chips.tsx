import { formatNumber } from '#components/ui/format.ts';
import { Toggle } from '#components/ui/toggle.tsx';
import type { Condition } from '#lib/query/query.ts';
import { filterOf, sellerFilters } from './seller-filters.ts';

interface FilterChipsProps {
  readonly where: readonly Condition[];
  /** Rows of each filter, in their order. */
  readonly counts: readonly number[] | null;
  readonly onWhere: (where: readonly Condition[]) => void;
}

export function FilterChips({ where, counts, onWhere }: FilterChipsProps) {
  const chosen = filterOf(where);
  return (
    <div role="group" aria-label="Filter" className="flex items-center gap-1">
      {sellerFilters.map((filter, at) => (
        <Toggle
          key={filter.name}
          pressed={filter === chosen}
          onPressedChange={(pressed) => onWhere(pressed ? filter.where : [])}
          className={filter.name === 'not_flagged' ? 'max-lg:hidden' : undefined}
        >
          {filter.title}
          {counts !== null && (
            <span className="text-[12px] text-muted tabular-nums max-sm:hidden">{formatNumber(counts[at] ?? 0)}</span>
          )}
        </Toggle>
      ))}
    </div>
  );
}
