import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { count, formatCents, formatNumber } from '#components/ui/format.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Toggle } from '#components/ui/toggle.tsx';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { type ItemFilter, pagedItemsQuery, type RunItem } from './run-items.ts';

const shownStatuses = ['failed', 'completed', 'processing', 'skipped', 'pending'] as const;
type ShownStatus = (typeof shownStatuses)[number];
const statusNames: Record<ShownStatus, string> = {
  failed: 'Failed',
  completed: 'Done',
  processing: 'Searching',
  skipped: 'Skipped',
  pending: 'Not searched',
};
const noneWords: Record<ShownStatus, string> = {
  failed: 'No search failed.',
  completed: 'No search is done.',
  processing: 'No search is under way.',
  skipped: 'No product was skipped.',
  pending: 'No product is left to search for.',
};
const EVERY_MS = 10_000;

/** The searches of a run by how they went, as the server has them. */
export function RunLog({ run }: { run: CollectionRun }) {
  const [status, setStatus] = useState<ShownStatus>(run.failed_items > 0 ? 'failed' : 'completed');
  return (
    <div className="grid grid-cols-1 gap-2">
      <div role="group" aria-label="Searches by status" className="flex flex-wrap gap-1">
        {shownStatuses
          .filter((one) => one !== 'processing' || !isTerminal(run.status))
          .map((one) => (
            <Toggle key={one} pressed={status === one} onPressedChange={() => setStatus(one)}>
              {statusNames[one]}
            </Toggle>
          ))}
      </div>
      <Items run={run} status={status} />
      {run.category_ids.length > 0 && (
        <>
          <FailedCategories run={run} />
          <Disclosure title="Categories" summary={formatNumber(run.category_ids.length)} className="text-[13px]">
            <AllCategories run={run} />
          </Disclosure>
        </>
      )}
    </div>
  );
}

function Items({ run, status }: { run: CollectionRun; status: ShownStatus }) {
  const items = useItems(run, { type: 'amazon_product', status });
  if (items.isError && items.data === undefined) {
    return <Unread query={items} />;
  }
  if (items.data === undefined) return <Skeleton className="my-2 w-40" />;
  const shown = items.data;
  if (shown.length === 0) return <p className="text-[13px] text-muted">{noneWords[status]}</p>;
  return (
    <>
      <ItemList label={statusNames[status]} items={shown} />
      <More query={items} />
    </>
  );
}

function Unread({ query }: { query: ReturnType<typeof useItems> }) {
  return (
    <div role="alert" className="flex items-center gap-3 text-[13px] text-danger">
      <span className="min-w-0 flex-1">{errorWords(query.error)}</span>
      <Button size="sm" disabled={query.isFetching} onClick={() => void query.refetch()}>
        Try again
      </Button>
    </div>
  );
}

/** Categories of which the run has no products. */
function FailedCategories({ run }: { run: CollectionRun }) {
  const categories = useItems(run, { type: 'category', status: 'failed' });
  const { data } = categories;
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-label="Categories that could not be read" className="mt-2">
      <h4 className="text-[12px] leading-4 text-muted">Categories that could not be read</h4>
      <ItemList items={data} />
      <More query={categories} />
      <p className="text-[12px] text-muted">Retry reads them again.</p>
    </section>
  );
}

function AllCategories({ run }: { run: CollectionRun }) {
  const categories = useItems(run, { type: 'category' });
  if (categories.isError && categories.data === undefined) return <Unread query={categories} />;
  if (categories.data === undefined) return <Skeleton className="my-2 w-40" />;
  return (
    <>
      <ItemList label="Categories" items={categories.data} />
      <More query={categories} />
    </>
  );
}

/** As far as they have been asked for, and again and again while the run goes on. */
function useItems(run: CollectionRun, filter: ItemFilter) {
  const { api, connection } = useWorkspace();
  return useInfiniteQuery({
    ...pagedItemsQuery(connection.store_key, api, run.id, filter),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: isTerminal(run.status) ? false : EVERY_MS,
  });
}

function ItemList({ label, items }: { label?: string; items: readonly RunItem[] }) {
  return (
    <ul aria-label={label} className="divide-y divide-line text-[13px] leading-[18px]">
      {items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </ul>
  );
}

function More({ query }: { query: ReturnType<typeof useItems> }) {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = query;
  if (!hasNextPage) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 text-[13px]">
      <span className="flex-1 text-muted">The first {formatNumber(data?.length ?? 0)} are shown.</span>
      <Button size="sm" focusableWhenDisabled disabled={isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {isFetchingNextPage ? 'Loading…' : 'Show more'}
      </Button>
      {isFetchNextPageError && (
        <p role="alert" className="w-full text-danger">
          {errorWords(error)}
        </p>
      )}
    </div>
  );
}

function Item({ item }: { item: RunItem }) {
  const title = item.data.title ?? item.external_id;
  return (
    <li className="py-1.5">
      <div className="flex gap-3">
        <p className="min-w-0 flex-1 truncate" title={title}>
          {title}
        </p>
        <span className="shrink-0 text-muted">{factsOf(item)}</span>
      </div>
      {item.error_message !== null && <p className="text-[12px] wrap-anywhere text-danger">{item.error_message}</p>}
    </li>
  );
}

const categoryWords: Partial<Record<RunItem['status'], string>> = {
  failed: 'not read',
  processing: 'reading',
  pending: 'waiting',
  skipped: 'skipped',
};

/** What came of it and what it has cost. */
function factsOf({ type, status, data, cost_cents: cents }: RunItem): string {
  const found = type === 'category' ? (categoryWords[status] ?? count(data.products_found ?? 0, 'product')) : null;
  return [found, cents > 0 ? formatCents(cents) : null].filter((fact) => fact !== null).join(' · ');
}
