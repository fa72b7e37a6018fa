import { lazy, Suspense } from 'react';
import { routeHash } from '#components/shell/route.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { ActiveRun } from './active-run.tsx';
import { RunFeed } from './run-feed.tsx';
import { SearchCards } from './search-cards.tsx';
import { SellerFeed } from './seller-feed.tsx';
import { useKnownRun } from './use-live-run.ts';
import { useSecond } from './use-second.ts';

const LiveChart = lazy(async () => ({ default: (await import('./run-charts.tsx')).LiveChart }));

/** Events bring what happens; this is for those that got lost. */
const PROGRESS_EVERY_MS = 2000;

/** Everything there is to see of a run that goes on. */
export function LiveRun({ run: stored }: { run: CollectionRun }) {
  const run = useKnownRun(stored);
  const now = useSecond(run.status === 'running');
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 px-3 py-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="grid content-start gap-4">
        <ActiveRun run={stored} everyMs={PROGRESS_EVERY_MS} />
        <Suspense>
          <LiveChart runId={run.id} />
        </Suspense>
        <a href={routeHash('runs', { run: run.id })} className="w-fit text-[13px] text-accent hover:underline">
          Everything about this run
        </a>
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <SearchCards run={run} now={now} />
        <Titled title="What happens">
          <RunFeed runId={run.id} />
        </Titled>
        <Titled title="New and known sellers">
          <SellerFeed runId={run.id} className="h-36" />
        </Titled>
      </div>
    </div>
  );
}

function Titled({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-1.5">
      <h3 className="text-[12px] leading-4 text-muted">{title}</h3>
      {children}
    </div>
  );
}
