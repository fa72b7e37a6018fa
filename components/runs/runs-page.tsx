import { ListChecks, Plus } from 'lucide-react';
import { PageBar } from '#components/shell/page-bar.tsx';
import { navigate, routeHash, useRoute } from '#components/shell/route.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { count } from '#components/ui/format.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { ActiveRun } from './active-run.tsx';
import { CollectDialog } from './collect-dialog.tsx';
import { RunFeed } from './run-feed.tsx';
import { activeRuns } from './run-words.ts';
import { RunsGrid } from './runs-grid.tsx';
import { useRuns } from './use-runs.ts';

/** Events bring what happens; this is for those that got lost. */
const PROGRESS_EVERY_MS = 2000;

export function RunsPage() {
  const { connection } = useWorkspace();
  const { runs, error, retry } = useRuns();
  const collecting = useRoute().params.get('collect') === '1';
  const active = activeRuns(runs ?? [], connection.user_id);
  const collect = (
    <Button variant="primary" onClick={() => navigate('runs', { collect: '1' })}>
      <Plus aria-hidden="true" />
      Collect sellers
    </Button>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title="Runs">
        <span className="min-w-0 flex-1 truncate text-muted">
          {runs !== null && runs.length > 0 && count(runs.length, 'run')}
        </span>
        {runs?.length !== 0 && collect}
      </PageBar>
      {error !== null && (
        <div role="alert" className="flex items-center gap-3 border-b border-line px-3 py-2 text-danger">
          <span className="min-w-0 flex-1">{error.message}</span>
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
      {active.length > 0 && (
        <div className="max-h-3/5 shrink-0 divide-y divide-line overflow-auto border-b border-line bg-surface">
          {active.map((run) => (
            <div
              key={run.id}
              className="grid grid-cols-1 gap-x-8 gap-y-3 px-3 py-4 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]"
            >
              <ActiveRun run={run} everyMs={PROGRESS_EVERY_MS} />
              <RunFeed runId={run.id} />
            </div>
          ))}
        </div>
      )}
      <div className="min-h-0 flex-1">
        <RunList runs={runs} collect={collect} />
      </div>
      <CollectDialog
        open={collecting}
        onOpenChange={(open) => {
          // Closing is no step to come back to.
          if (!open) location.replace(routeHash('runs'));
        }}
      />
    </div>
  );
}

function RunList({ runs, collect }: { runs: CollectionRun[] | null; collect: React.ReactNode }) {
  if (runs === null) {
    return (
      <div className="grid gap-6 p-4">
        {[0, 1, 2, 3].map((at) => (
          <Skeleton key={at} className="w-2/3" />
        ))}
      </div>
    );
  }
  if (runs.length > 0) return <RunsGrid runs={runs} />;
  return (
    <EmptyState icon={<ListChecks />} title="No runs yet" actions={collect}>
      A run takes best-selling products of the categories you choose, searches eBay for each, and adds the sellers it
      finds to your list.
    </EmptyState>
  );
}
