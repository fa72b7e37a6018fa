import { useInfiniteQuery } from '@tanstack/react-query';
import { SellerLines } from '#components/history/seller-lines.tsx';
import { SellerNames } from '#components/history/seller-names.tsx';
import { FurtherPages } from '#components/shell/further-pages.tsx';
import { useWorkspace } from '#components/shell/session.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { knownSellersQuery } from './known-sellers-query.ts';

type KnownSellersProps = Readonly<{ run: Pick<CollectionRun, 'id' | 'status'> }>;

/** Sellers that a run saw again: all of them from the server, without it those that no later run has seen. */
export function KnownSellers({ run }: KnownSellersProps) {
  if (useReachable()) return <AllKnown run={run} />;
  return (
    <>
      <LocallyKnown runId={run.id} />
      <p className="mt-1 text-[12px] leading-4 text-muted">
        Those that later runs saw too are shown while the server can be reached.
      </p>
    </>
  );
}

const EVERY_MS = 10_000;

function AllKnown({ run }: KnownSellersProps) {
  const { api, connection } = useWorkspace();
  const all = useInfiniteQuery({
    ...knownSellersQuery(connection.store_key, api, run.id),
    refetchInterval: isTerminal(run.status) ? false : EVERY_MS,
  });
  const further = <FurtherPages pages={all} words="All of them could not be read." />;
  if (all.data === undefined)
    return (
      <>
        <LocallyKnown runId={run.id} />
        {further}
      </>
    );
  const sellers = all.data.pages.flatMap((page) => page.sellers.map((seller) => ({ ...seller, isDeleted: false })));
  return (
    <>
      {sellers.length === 0 && <p className="text-[13px] text-muted">It saw none again.</p>}
      {sellers.length > 0 && <SellerLines sellers={sellers} sign="±" />}
      {further}
    </>
  );
}

function LocallyKnown({ runId }: { runId: string }) {
  return (
    <SellerNames
      column="last_seen_run_id"
      wanted={[runId]}
      sign="±"
      notFirstSeenIn={runId}
      empty="None that no later run has seen."
    />
  );
}
