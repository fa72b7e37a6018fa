import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';
import { type FilterColumn, filterColumn, filterColumns } from './filter-columns.ts';
import {
  blankDraft,
  conditionOfDraft,
  draftOfCondition,
  type FilterDraft,
  operatorsOf,
  valuesOf,
} from './filter-draft.ts';
import { choiceWords, type RunNames } from './filter-words.ts';

interface FilterFormProps {
  /** The one to be changed; null: a new one. */
  readonly condition: Condition | null;
  readonly runs: RunNames;
  readonly onCondition: (condition: Condition) => void;
}

/** One condition: column, operator, value. Enter adds it. */
export function FilterForm({ condition, runs, onCondition }: FilterFormProps) {
  const [draft, setDraft] = useState(() =>
    condition === null ? blankDraft('display_name') : draftOfCondition(condition),
  );
  const [told, setTold] = useState<string | null>(null);
  const problemId = useId();
  const target = filterColumn(draft.column);
  const change = (part: Partial<FilterDraft>) => {
    setDraft({ ...draft, ...part });
    setTold(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = conditionOfDraft(draft);
    if (typeof made === 'string') setTold(made);
    else onCondition(made);
  };
  if (target === undefined) return null;
  const fields = valuesOf(draft.operator);
  const type = target.kind === 'date' ? 'date' : 'text';
  const value = (label: string, at: 'first' | 'second') => (
    <Input
      aria-label={label}
      placeholder={label}
      type={type}
      inputMode={target.kind === 'number' ? 'decimal' : undefined}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={told !== null}
      aria-describedby={told === null ? undefined : problemId}
      value={draft[at]}
      onChange={(event) => change({ [at]: event.currentTarget.value })}
    />
  );
  return (
    <form className="grid gap-2" onSubmit={submit} noValidate>
      <Select
        label="Column"
        value={draft.column}
        options={filterColumns.map(({ column, title }) => ({ value: column as string, label: title }))}
        onValueChange={(column) => {
          setDraft(blankDraft(column));
          setTold(null);
        }}
      />
      <Select
        label="Operator"
        value={draft.operator}
        options={operatorsOf(target).map(([operator, label]) => ({ value: operator, label }))}
        onValueChange={(operator) => change({ operator })}
      />
      {fields > 0 && (
        <div className="flex items-center gap-2">
          {value(fields === 2 ? 'From' : 'Value', 'first')}
          {fields === 2 && <span className="text-muted">and</span>}
          {fields === 2 && value('To', 'second')}
        </div>
      )}
      {draft.operator === 'any_of' && (
        <Choices target={target} runs={runs} chosen={draft.choices} onChosen={(choices) => change({ choices })} />
      )}
      {told !== null && (
        <p id={problemId} role="alert" className="text-[13px] text-danger">
          {told}
        </p>
      )}
      <Button type="submit" variant="primary" className="sticky bottom-0">
        {condition === null ? 'Add filter' : 'Change filter'}
      </Button>
    </form>
  );
}

interface ChoicesProps {
  readonly target: FilterColumn;
  readonly runs: RunNames;
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
}

/** Runs offered, the newest first. */
const MOST_RUNS = 100;

function Choices({ target, runs, chosen, onChosen }: ChoicesProps) {
  const offered =
    target.kind === 'choice' ? target.choices : [NEWEST_RUN, 'none', ...[...runs.keys()].slice(0, MOST_RUNS)];
  // What was chosen stays to be taken away, whatever is offered.
  const all = [...offered, ...chosen.filter((one) => !offered.includes(one))];
  return (
    <div
      role="group"
      aria-label={target.title}
      className="grid max-h-48 overflow-auto rounded-md border border-line py-1"
    >
      {all.map((one) => (
        <label key={one} className="flex items-center gap-2 px-2 py-1 hover:bg-hover">
          <Checkbox
            checked={chosen.includes(one)}
            onCheckedChange={(checked) =>
              onChosen(checked ? [...chosen, one] : chosen.filter((other) => other !== one))
            }
          />
          <span className="min-w-0 truncate">{choiceWords(one, runs)}</span>
        </label>
      ))}
    </div>
  );
}
