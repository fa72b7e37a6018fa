import { formatNumber } from '#components/ui/format.ts';
import { Toggle } from '#components/ui/toggle.tsx';
import type { Counts, SellerFilter } from '#lib/query/query.ts';

const chips: readonly { filter: SellerFilter; name: string }[] = [
  { filter: 'all', name: 'All' },
  { filter: 'new', name: 'New' },
  { filter: 'flagged', name: 'Flagged' },
  { filter: 'not_flagged', name: 'Not flagged' },
];

interface FilterChipsProps {
  readonly filter: SellerFilter;
  readonly counts: Counts | null;
  readonly onFilter: (filter: SellerFilter) => void;
}

export function FilterChips({ filter, counts, onFilter }: FilterChipsProps) {
  return (
    <div role="group" aria-label="Filter" className="flex items-center gap-1">
      {chips.map((chip) => (
        <Toggle
          key={chip.filter}
          pressed={chip.filter === filter}
          onPressedChange={(pressed) => onFilter(pressed ? chip.filter : 'all')}
          className={chip.filter === 'not_flagged' ? 'max-lg:hidden' : undefined}
        >
          {chip.name}
          {counts !== null && (
            <span className="text-[12px] text-muted tabular-nums max-sm:hidden">
              {formatNumber(counts[chip.filter])}
            </span>
          )}
        </Toggle>
      ))}
    </div>
  );
}
