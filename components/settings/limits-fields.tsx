import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { Field } from '#components/ui/field.tsx';
import { sourcesQuery } from '#lib/api/collection-queries.ts';
import { sellerPriceKey } from '#lib/domain/price-key.ts';
import type { LimitsDraft, LimitsProblems } from './limits-draft.ts';

interface LimitsFieldsProps {
  draft: LimitsDraft;
  problems: LimitsProblems | null;
  disabled: boolean;
  onChange: (change: Partial<LimitsDraft>) => void;
}

/** A list of the person's own is given, not fetched: it has no calls to pay. */
const WITHOUT_CALLS = 'list';

export function LimitsFields({ draft, problems, disabled, onChange }: LimitsFieldsProps) {
  const { api, connection } = useWorkspace();
  const { data: sources } = useQuery(sourcesQuery(connection.store_key, api));
  const named = [
    ...(sources?.product ?? []).map(({ id, name }) => [id, name] as const),
    ...(sources?.seller ?? []).map(({ id, name }) => [sellerPriceKey(id), name] as const),
  ];
  /** The catalogue has one price for products and sellers. */
  const nameOf = (key: string) =>
    [...new Set(named.flatMap(([of, name]) => (of === key ? [name] : [])))].join(', ') || key;
  const field = (name: 'cap' | 'warning' | 'concurrent', label: string) => (
    <Field
      label={label}
      inputMode="decimal"
      autoComplete="off"
      disabled={disabled}
      value={draft[name]}
      error={problems?.[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-3">
        {field('cap', 'Budget cap of a run, $')}
        {field('warning', 'Warn from, % of the cap')}
        {field('concurrent', 'Runs at the same time')}
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-2 font-semibold">What a call costs, $</legend>
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
          {Object.entries(draft.prices)
            .filter(([id]) => id !== WITHOUT_CALLS)
            .map(([id, price]) => (
              <Field
                key={id}
                label={nameOf(id)}
                aria-label={`Price of a call, ${nameOf(id)}`}
                inputMode="decimal"
                autoComplete="off"
                disabled={disabled}
                value={price}
                error={problems?.prices[id]}
                onChange={(event) => onChange({ prices: { ...draft.prices, [id]: event.currentTarget.value } })}
              />
            ))}
        </div>
        <p className="text-[13px] text-muted">
          Estimates and budgets reckon with these; what a provider really charges is on its bill.
        </p>
      </fieldset>
    </>
  );
}
