import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Search } from '#components/ui/icons.ts';
import { Input } from '#components/ui/input.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { categoriesQuery } from '#lib/api/collection-queries.ts';
import { type Department, departmentTicked, filterDepartments, withCategories } from './category-selection.ts';

interface CategoryPickerProps {
  selected: ReadonlySet<string>;
  onSelect: (selected: Set<string>) => void;
}

export function CategoryPicker({ selected, onSelect }: CategoryPickerProps) {
  const [search, setSearch] = useState('');
  const { api, connection } = useWorkspace();
  const categories = useQuery(categoriesQuery(connection.store_key, api));
  const shown = filterDepartments(categories.data?.departments ?? [], search);
  /** Of a search those that it found. */
  const shownIds = shown.flatMap((department) => department.categories.map(({ id }) => id));
  return (
    <div className="flex h-full min-h-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="relative min-w-0 flex-1 max-sm:basis-full">
          <Search aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-muted" />
          <Input
            type="search"
            aria-label="Search categories"
            placeholder="Search categories"
            className="pl-8"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <span aria-live="polite" className="shrink-0 text-muted max-sm:flex-1">
          {formatNumber(selected.size)} selected
        </span>
        <Button
          size="sm"
          variant="ghost"
          disabled={shownIds.every((id) => selected.has(id))}
          onClick={() => onSelect(withCategories(selected, shownIds, true))}
        >
          Select all
        </Button>
        <Button size="sm" variant="ghost" disabled={selected.size === 0} onClick={() => onSelect(new Set())}>
          Clear
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto rounded-md border border-line">
        {categories.isPending && <PickerSkeleton />}
        {categories.isError && (
          <div role="alert" className="flex items-center gap-3 p-3 text-danger">
            <span className="flex-1">{errorWords(categories.error)}</span>
            <Button size="sm" onClick={() => void categories.refetch()}>
              Try again
            </Button>
          </div>
        )}
        {categories.isSuccess && shown.length === 0 && <p className="p-3 text-muted">No category has that name.</p>}
        {shown.map((department) => (
          <DepartmentGroup key={department.id} department={department} selected={selected} onSelect={onSelect} />
        ))}
      </div>
    </div>
  );
}

function DepartmentGroup({ department, selected, onSelect }: CategoryPickerProps & { department: Department }) {
  const nameId = useId();
  const ticked = departmentTicked(department, selected);
  const ids = department.categories.map(({ id }) => id);
  return (
    <fieldset aria-labelledby={nameId} className="min-w-0 border-b border-line p-3 last:border-b-0">
      <label className="flex w-fit items-center gap-2 font-semibold">
        <Checkbox
          checked={ticked === 'all'}
          indeterminate={ticked === 'some'}
          onCheckedChange={(on) => onSelect(withCategories(selected, ids, on))}
        />
        <span id={nameId}>{department.name}</span>
      </label>
      <div className="mt-1.5 grid grid-cols-1 gap-x-4 pl-6 sm:grid-cols-2">
        {department.categories.map((category) => (
          <label key={category.id} className="flex min-h-7 min-w-0 items-center gap-2">
            <Checkbox
              checked={selected.has(category.id)}
              aria-label={category.name}
              aria-description={category.last_product_count === 0 ? 'the last run found no product in it' : undefined}
              onCheckedChange={(on) => onSelect(withCategories(selected, [category.id], on))}
            />
            <span className="min-w-0 truncate" title={category.name}>
              {category.name}
            </span>
            {category.last_product_count === 0 && (
              <Badge tone="warning" aria-hidden="true" title="The last run found no product in it">
                empty last time
              </Badge>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function PickerSkeleton() {
  return (
    <div className="grid gap-4 p-3">
      {Array.from({ length: 8 }, (_, at) => (
        <Skeleton key={at} className={at % 3 === 0 ? 'w-40' : 'ml-6 w-64'} />
      ))}
    </div>
  );
}
