import { useScan } from '#components/history/use-scan.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { RunLine } from './run-line.tsx';

/** The first and the last run that saw the seller, from the local data. */
export function FirstAndLastRun({ seller }: { seller: Seller }) {
  const first = seller.first_seen_run_id;
  const last = seller.last_seen_run_id;
  const wanted = [...new Set([first, last])].filter((id) => id !== null);
  const { data } = useScan({ table: 'collection-runs', column: 'id', wanted, most: 2 });
  if (data === undefined) return <Skeleton className="my-2 w-40" />;
  const runs = new Map((data as unknown as CollectionRun[]).map((run) => [run.id, run]));
  const lines =
    first === last ? [['First and last', first] as const] : [['First', first] as const, ['Last', last] as const];
  return (
    <ul className="text-[13px]">
      {lines.map(([word, id]) => {
        const run = id === null ? undefined : runs.get(id);
        if (run !== undefined)
          return <RunLine key={word} word={word} run={run} at={run.started_at ?? run.created_at} />;
        return (
          <li key={word} className="flex min-h-7 items-center gap-3 text-muted">
            <span className="shrink-0">{word}</span>
            {id === null ? 'not known' : 'a run that is not in this browser'}
          </li>
        );
      })}
    </ul>
  );
}
