import { useInfiniteQuery } from '@tanstack/react-query';
import { useDebounced } from '#components/runs/use-debounced.ts';
import { FurtherPages } from '#components/shell/further-pages.tsx';
import { useWorkspace } from '#components/shell/session.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { sellerRunsQuery } from '#lib/api/seller-runs.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { FirstAndLastRun } from './first-and-last-run.tsx';
import { RunLine } from './run-line.tsx';

/** Who goes through the list by a key asks for those of the seller where it stops. */
const PAUSE_MS = 200;

/** All runs that saw the seller, from the server; what is known here until they have come. */
export function AllRuns({ seller }: { seller: Seller }) {
  const { api, connection } = useWorkspace();
  const stays = useDebounced(seller.id, PAUSE_MS) === seller.id;
  const all = useInfiniteQuery({
    ...sellerRunsQuery(connection.store_key, api, seller.id, seller.times_seen),
    enabled: stays,
  });
  const further = (
    <FurtherPages
      pages={all}
      words={`${all.data === undefined ? 'All the runs' : 'Further runs'} could not be read.`}
    />
  );
  if (all.data === undefined)
    return (
      <>
        <FirstAndLastRun seller={seller} />
        {further}
        {!all.isError && seller.times_seen > 2 && <Skeleton className="my-2 w-40" />}
      </>
    );
  const runs = all.data.pages.flatMap((page) => page.runs);
  if (runs.length === 0) return <FirstAndLastRun seller={seller} />;
  return (
    <>
      <ul aria-label="Runs that saw it" className="text-[13px]">
        {runs.map((run) => (
          <RunLine key={run.id} word={run.is_new ? 'Added by' : undefined} run={run} at={Date.parse(run.seen_at)} />
        ))}
      </ul>
      {further}
    </>
  );
}
