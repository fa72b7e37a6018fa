import { useState } from 'react';
import { useActions } from '#components/shortcuts/actions.ts';
import { Button } from '#components/ui/button.tsx';
import { ListFilter, X } from '#components/ui/icons.ts';
import { Popover } from '#components/ui/popover.tsx';
import type { Condition } from '#lib/query/query.ts';
import { ConditionChip } from './condition-chip.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterForm } from './filter-form.tsx';
import { filterOf } from './seller-filters.ts';
import { useRunNames } from './use-run-names.ts';

interface FilterBarProps {
  readonly where: readonly Condition[];
  readonly counts: readonly number[] | null;
  readonly onWhere: (where: readonly Condition[]) => void;
  /** Parts of the address that mean nothing and were left out. */
  readonly wrong: readonly string[];
  readonly onForgetWrong: () => void;
}

/** The line of filters: quick ones, those that were built, and the way to build one. On a narrow screen it scrolls. */
export function FilterBar({ where, counts, onWhere, wrong, onForgetWrong }: FilterBarProps) {
  const [adding, setAdding] = useState(false);
  useActions(() => ({
    handlers: {},
    choices: [{ group: 'Show', title: 'Add filter', run: () => setAdding(true) }],
  }));
  const built = where.filter((condition) => filterOf(condition) === undefined);
  const runs = useRunNames(adding || built.length > 0);
  const replace = (old: Condition, next: Condition | null) =>
    onWhere(where.flatMap((condition) => (condition === old ? (next ?? []) : condition)));
  return (
    <div className="border-b border-line bg-background">
      <div
        role="group"
        aria-label="Filter"
        className="flex items-center gap-1 px-3 py-1.5 [scrollbar-width:none] max-lg:overflow-x-auto max-lg:*:shrink-0 lg:flex-wrap"
      >
        <Popover
          open={adding}
          onOpenChange={setAdding}
          title="Add filter"
          trigger={
            <Button size="xs" variant="ghost">
              <ListFilter aria-hidden="true" />
              Add filter
            </Button>
          }
        >
          <FilterForm
            condition={null}
            runs={runs}
            onCondition={(condition) => {
              setAdding(false);
              onWhere([...where, condition]);
            }}
          />
        </Popover>
        <FilterChips where={where} counts={counts} onWhere={onWhere} />
        {built.map((condition) => (
          <ConditionChip
            key={JSON.stringify(condition)}
            condition={condition}
            runs={runs}
            onCondition={(next) => replace(condition, next)}
          />
        ))}
        {where.length > 0 && (
          <Button size="xs" variant="quiet" onClick={() => onWhere([])}>
            Clear filters
          </Button>
        )}
      </div>
      {wrong.length > 0 && (
        <div role="alert" className="flex items-start gap-2 border-t border-line px-3 py-1 text-[13px] text-warning">
          <span className="min-w-0 flex-1">
            The address asks for what this list does not know, which was left out:{' '}
            <span className="font-mono break-all">{wrong.join('; ').slice(0, 200)}</span>
          </span>
          <Button size="icon-sm" variant="ghost" aria-label="Dismiss" onClick={onForgetWrong}>
            <X aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
