import { routeHash } from '#components/shell/route.ts';
import { useScan } from '#components/history/use-scan.ts';
import { formatNumber } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import type { Seller } from '#lib/tables/sellers.ts';

/** The first and the last run that saw the seller, from the local data. */
export function SellerRuns({ seller }: { seller: Seller }) {
  const first = seller.first_seen_run_id;
  const last = seller.last_seen_run_id;
  const wanted = [...new Set([first, last])].filter((id) => id !== null);
  const { data } = useScan({ table: 'collection-runs', column: 'id', wanted, most: 2 });
  if (wanted.length === 0) return <p className="text-[13px] text-muted">No run has seen this seller.</p>;
  if (data === undefined) return <Skeleton className="my-2 w-40" />;
  const runs = new Map((data as unknown as CollectionRun[]).map((run) => [run.id, run]));
  const lines =
    first === last ? [['First and last', first] as const] : [['First', first] as const, ['Last', last] as const];
  return (
    <>
      <ul className="text-[13px]">
        {lines.map(([word, id]) => {
          const run = id === null ? undefined : runs.get(id);
          return (
            <li key={word} className="flex min-h-7 items-center gap-3">
              <span className="shrink-0 text-muted">{word}</span>
              {run === undefined ? (
                <span className="text-muted">{id === null ? 'not known' : 'a run that is not in this browser'}</span>
              ) : (
                <>
                  <a href={routeHash('runs', { run: run.id })} className="min-w-0 flex-1 truncate hover:underline">
                    {run.name}
                  </a>
                  <RelativeTime at={run.started_at ?? run.created_at} className="shrink-0 text-muted" />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {seller.times_seen > 2 && (
        <p className="mt-1 text-[12px] leading-4 text-muted">
          Seen in {formatNumber(seller.times_seen)} runs. Of each seller the first and the last are kept.
        </p>
      )}
    </>
  );
}
