import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Toggle } from '#components/ui/toggle.tsx';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { type RunItem, someItemsQuery } from './run-items.ts';

const shownStatuses = ['failed', 'completed', 'skipped', 'pending'] as const;
type ShownStatus = (typeof shownStatuses)[number];
const statusNames: Record<ShownStatus, string> = {
  failed: 'Failed',
  completed: 'Done',
  skipped: 'Skipped',
  pending: 'Not searched',
};
const MOST = 200;
const EVERY_MS = 10_000;

/** The searches of a run by how they went, as the server has them. */
export function RunLog({ run }: { run: CollectionRun }) {
  const [status, setStatus] = useState<ShownStatus>(run.failed_items > 0 ? 'failed' : 'completed');
  return (
    <div className="grid grid-cols-1 gap-2">
      <div role="group" aria-label="Searches by status" className="flex flex-wrap gap-1">
        {shownStatuses.map((one) => (
          <Toggle key={one} pressed={status === one} onPressedChange={() => setStatus(one)}>
            {statusNames[one]}
          </Toggle>
        ))}
      </div>
      <Items run={run} status={status} />
      {run.category_ids.length > 0 && <FailedCategories run={run} />}
    </div>
  );
}

function Items({ run, status }: { run: CollectionRun; status: ShownStatus }) {
  const { api, connection } = useWorkspace();
  const items = useQuery({
    ...someItemsQuery(connection.store_key, api, run.id, { type: 'amazon_product', status }, MOST),
    refetchInterval: isTerminal(run.status) ? false : EVERY_MS,
  });
  if (items.isError) {
    return (
      <div role="alert" className="flex items-center gap-3 text-[13px] text-danger">
        <span className="min-w-0 flex-1">{errorWords(items.error)}</span>
        <Button size="sm" disabled={items.isFetching} onClick={() => void items.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (items.data === undefined) return <Skeleton className="my-2 w-40" />;
  const shown = items.data.items;
  if (shown.length === 0) return <p className="text-[13px] text-muted">None.</p>;
  return (
    <>
      <ul aria-label={statusNames[status]} className="divide-y divide-line text-[13px] leading-[18px]">
        {shown.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {items.data.next_cursor !== null && <p className="text-[13px] text-muted">The first {MOST} are shown.</p>}
    </>
  );
}

/** Categories of which the run has no products; they are read again by a new run alone. */
function FailedCategories({ run }: { run: CollectionRun }) {
  const { api, connection } = useWorkspace();
  const { data } = useQuery({
    ...someItemsQuery(connection.store_key, api, run.id, { type: 'category', status: 'failed' }, MOST),
    refetchInterval: isTerminal(run.status) ? false : EVERY_MS,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-label="Categories that could not be read" className="mt-2">
      <h4 className="text-[12px] leading-4 text-muted">Categories that could not be read</h4>
      <ul className="divide-y divide-line text-[13px] leading-[18px]">
        {data.items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      <p className="text-[12px] text-muted">
        To read them again, start a run with them: Retry takes up failed products alone.
      </p>
    </section>
  );
}

function Item({ item }: { item: RunItem }) {
  const title = item.data.title ?? item.external_id;
  return (
    <li className="py-1.5">
      <p className="truncate" title={title}>
        {title}
      </p>
      {item.error_message !== null && <p className="text-[12px] wrap-anywhere text-danger">{item.error_message}</p>}
    </li>
  );
}
