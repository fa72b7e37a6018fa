import { useReachable } from '#components/shell/use-reachable.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { AllRuns } from './all-runs.tsx';
import { FirstAndLastRun } from './first-and-last-run.tsx';

/** The runs that saw the seller: all of them from the server, without it the first and the last from the local data. */
export function SellerRuns({ seller }: { seller: Seller }) {
  const reachable = useReachable();
  if (seller.first_seen_run_id === null && seller.last_seen_run_id === null)
    return <p className="text-[13px] text-muted">No run has seen this seller.</p>;
  if (reachable) return <AllRuns seller={seller} />;
  return (
    <>
      <FirstAndLastRun seller={seller} />
      {seller.times_seen > 2 && (
        <p className="mt-1 text-[12px] leading-4 text-muted">The others are shown while the server can be reached.</p>
      )}
    </>
  );
}
