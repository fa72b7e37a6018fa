import { useId } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { countryOf, marketplaceIds } from '#lib/domain/marketplace.ts';
import type { SettingsDraft, SettingsProblems } from './settings-draft.ts';
import { countryName, marketplaceName } from './settings-words.ts';

interface SettingsFieldsProps {
  draft: SettingsDraft;
  problems: SettingsProblems | null;
  disabled?: boolean | undefined;
  onChange: (change: Partial<SettingsDraft>) => void;
}

const marketplaces = marketplaceIds.map((id) => ({ value: id, label: marketplaceName(id) }));
/** Where items come from: countries of a site, and the one most goods are sent from. */
const origins = [...marketplaceIds.map(countryOf), 'CN', 'JP'];
const conditions = [
  { value: 'new', label: 'New' },
  { value: 'any', label: 'Any condition' },
] as const;
const bands = [
  { value: 'share', label: 'Share of the Amazon price' },
  { value: 'markup', label: 'Markup on the Amazon price' },
  { value: 'none', label: 'Any price' },
] as const;

/** Every setting of a search. Whoever shows it keeps the draft. */
export function SettingsFields({ draft, problems, disabled, onChange }: SettingsFieldsProps) {
  const locations = [...new Set([...origins, ...(draft.location === '' ? [] : [draft.location])])];
  const number = (field: NumberField, label: string, hint?: string) => (
    <Field
      label={label}
      inputMode="numeric"
      autoComplete="off"
      disabled={disabled}
      placeholder={hint}
      value={draft[field]}
      error={problems?.[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <Labelled label="Marketplace">
        <Select
          label="Marketplace"
          value={draft.marketplace}
          options={marketplaces}
          disabled={disabled}
          className="w-full"
          onValueChange={(marketplace) =>
            onChange({
              marketplace,
              // Items of the site's own country, unless another one was chosen.
              ...(draft.location === countryOf(draft.marketplace) && { location: countryOf(marketplace) }),
            })
          }
        />
      </Labelled>
      <Labelled label="Item location">
        <Select
          label="Item location"
          value={draft.location}
          options={[
            { value: '', label: 'Anywhere' },
            ...locations.map((code) => ({ value: code, label: countryName(code) })),
          ]}
          disabled={disabled}
          className="w-full"
          onValueChange={(location) => onChange({ location })}
        />
      </Labelled>
      <Labelled label="Condition">
        <Select
          label="Condition"
          value={draft.condition}
          options={conditions}
          disabled={disabled}
          className="w-full"
          onValueChange={(condition) => onChange({ condition })}
        />
      </Labelled>
      <label className="flex items-center gap-2 self-end pb-1.5">
        <Checkbox
          checked={draft.free_shipping}
          disabled={disabled}
          onCheckedChange={(free) => onChange({ free_shipping: free })}
        />
        Free shipping only
      </label>
      <Labelled label="Price range">
        <Select
          label="Price range"
          value={draft.band}
          options={bands}
          disabled={disabled}
          className="w-full"
          onValueChange={(band) => onChange({ band })}
        />
      </Labelled>
      {draft.band !== 'none' && (
        <div className="grid grid-cols-2 items-start gap-4">
          {number('band_low', 'From, %')}
          {number('band_high', 'To, %')}
        </div>
      )}
      <div className="grid grid-cols-2 items-start gap-4 sm:col-start-1">
        {number('min_feedback', 'Lowest feedback', 'any')}
        {number('max_feedback', 'Highest feedback', 'any')}
      </div>
      <div className="grid grid-cols-2 items-start gap-4">
        {number('products_per_category', 'Products a category')}
        {number('pages_per_product', 'Pages a product')}
      </div>
      <div className="sm:col-start-1">{number('parallel', 'Searches at once')}</div>
      <Excluded draft={draft} problems={problems} disabled={disabled} onChange={onChange} />
    </div>
  );
}

type NumberField =
  | 'band_low'
  | 'band_high'
  | 'min_feedback'
  | 'max_feedback'
  | 'products_per_category'
  | 'pages_per_product'
  | 'parallel';

function Excluded({ draft, problems, disabled, onChange }: SettingsFieldsProps) {
  const id = useId();
  const problem = problems?.exclude_sellers;
  return (
    <div className="grid gap-1 sm:col-span-2">
      <label htmlFor={id} className="font-medium">
        Sellers to leave out
      </label>
      <textarea
        id={id}
        rows={2}
        spellCheck={false}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-error`}
        placeholder="One name a line"
        className="resize-y rounded-md border border-line-strong bg-raised px-2.5 py-1.5 placeholder:text-muted disabled:opacity-60 aria-invalid:border-danger"
        value={draft.exclude_sellers}
        onChange={(event) => onChange({ exclude_sellers: event.currentTarget.value })}
      />
      {problem !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-[13px] text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1">
      <span aria-hidden="true" className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
