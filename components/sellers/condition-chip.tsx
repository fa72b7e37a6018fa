import { useState } from 'react';
import { X } from '#components/ui/icons.ts';
import { Popover } from '#components/ui/popover.tsx';
import type { Condition } from '#lib/query/query.ts';
import { FilterForm } from './filter-form.tsx';
import { conditionWords, type RunNames } from './filter-words.ts';

interface ConditionChipProps {
  readonly condition: Condition;
  readonly runs: RunNames;
  /** Null: without it. */
  readonly onCondition: (condition: Condition | null) => void;
}

/** A condition that was built: a click changes it, its cross takes it away. */
export function ConditionChip({ condition, runs, onCondition }: ConditionChipProps) {
  const [open, setOpen] = useState(false);
  const words = conditionWords(condition, runs);
  return (
    <span className="inline-flex h-6 max-w-72 items-center rounded-md border border-accent bg-selected text-[13px] font-medium">
      <Popover
        open={open}
        onOpenChange={setOpen}
        title={`Change filter: ${words}`}
        trigger={
          <button
            type="button"
            title="Change this filter"
            className="min-w-0 truncate rounded-l-md px-2 hover:bg-hover"
          >
            {words}
          </button>
        }
      >
        <FilterForm
          condition={condition}
          runs={runs}
          onCondition={(next) => {
            setOpen(false);
            onCondition(next);
          }}
        />
      </Popover>
      <button
        type="button"
        aria-label={`Remove filter: ${words}`}
        title="Remove this filter"
        onClick={() => onCondition(null)}
        className="grid h-full w-6 shrink-0 place-items-center rounded-r-md text-muted hover:bg-hover hover:text-foreground"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
