import { readRuns } from '#components/runs/read-runs.ts';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import { queryClientOf } from '#components/sellers/query-worker.ts';
import { ListFailed, NoSellersYet } from '#components/sellers/sellers-empty.tsx';
import { PageBar } from '#components/shell/page-bar.tsx';
import { useWorkspace } from '#components/shell/session.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { FeedbackFigure, FlagFigure, GrowthFigure, NewPerRunFigure } from './figures.tsx';
import { KeyFigures } from './key-figures.tsx';
import { LastRuns } from './last-runs.tsx';
import { TopSellers } from './top-sellers.tsx';
import { type SellerFigures, useOverview } from './use-overview.ts';

/** The list at a glance: `#/overview`. From the local data; every figure leads to the sellers that it counts. */
export function OverviewPage() {
  const { connection } = useWorkspace();
  const client = queryClientOf(connection.store_key);
  const { figures, failure } = useOverview(client);
  const { value: runs } = useStoreRead(readRuns);
  const isEmpty = figures !== null && figures.phase === 'ready' && figures.overview.total === 0;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title="Overview" />
      <div className="min-h-0 flex-1 overflow-auto" aria-busy={figures?.phase !== 'ready'}>
        {failure !== null ? (
          <ListFailed failure={failure} onRetry={() => client.retry()} />
        ) : isEmpty ? (
          <NoSellersYet />
        ) : figures === null || runs === null ? (
          <div className="grid gap-4 p-4 lg:grid-cols-2">
            {[1, 2, 3, 4].map((at) => (
              <Skeleton key={at} className="min-h-44" />
            ))}
          </div>
        ) : (
          <Figures figures={figures} runs={runs} />
        )}
      </div>
    </div>
  );
}

function Figures({ figures, runs }: { figures: SellerFigures; runs: readonly CollectionRun[] }) {
  return (
    <div className="grid max-w-[2400px] gap-3 p-3 lg:grid-cols-2 2xl:grid-cols-3">
      <KeyFigures figures={figures} runs={runs} />
      <div className="grid min-w-0 content-start gap-3 2xl:contents">
        <div className="grid min-w-0 content-start gap-3">
          <GrowthFigure figures={figures} />
          <FeedbackFigure figures={figures} />
        </div>
        <div className="grid min-w-0 content-start 2xl:order-last">
          <TopSellers sellers={figures.top} />
        </div>
      </div>
      <div className="grid min-w-0 content-start gap-3">
        <NewPerRunFigure figures={figures} runs={runs} />
        <FlagFigure figures={figures} />
        <LastRuns runs={runs} />
      </div>
    </div>
  );
}
