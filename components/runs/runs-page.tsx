import { lazy, type ReactNode, Suspense, useState } from 'react';
import { HistoryView } from '#components/history/history-view.tsx';
import { openCollect } from '#components/shell/open-collect.ts';
import { PageBar } from '#components/shell/page-bar.tsx';
import { navigate, routeHash, useRoute } from '#components/shell/route.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListChecks, Plus } from '#components/ui/icons.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { LiveRun } from './live-run.tsx';
import { RunPanel } from './run-panel.tsx';
import { activeRuns } from './run-words.ts';
import { RunsGrid } from './runs-grid.tsx';
import { useRuns } from './use-runs.ts';

const CollectDialog = lazy(async () => ({ default: (await import('./collect-dialog.tsx')).CollectDialog }));
const SchedulesView = lazy(async () => ({
  default: (await import('#components/schedules/schedules-view.tsx')).SchedulesView,
}));

const views = [
  { name: 'runs', title: 'Runs' },
  { name: 'history', title: 'History' },
  { name: 'schedules', title: 'Schedules' },
] as const;
type View = (typeof views)[number]['name'];

export function RunsPage() {
  const state = useRuns();
  const { params } = useRoute();
  const view = views.find(({ name }) => name === params.get('view'))?.name ?? 'runs';
  const opened = state.runs?.find(({ id }) => id === params.get('run'));
  const collect = (
    <Button variant="primary" onClick={openCollect}>
      <Plus aria-hidden="true" />
      <span>
        Collect<span className="max-sm:sr-only"> sellers</span>
      </span>
    </Button>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title="Runs" quietTitle>
        <ViewLinks view={view} />
        {state.runs?.length !== 0 && collect}
      </PageBar>
      {state.error !== null && (
        <div role="alert" className="flex items-center gap-3 border-b border-line px-3 py-2 text-danger">
          <span className="min-w-0 flex-1">{state.error.message}</span>
          <Button size="sm" onClick={state.retry}>
            Try again
          </Button>
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="min-h-0 min-w-0 flex-1">
          {view === 'history' && <HistoryView />}
          {view === 'schedules' && (
            <Suspense fallback={<Waiting />}>
              <SchedulesView />
            </Suspense>
          )}
          {view === 'runs' && <Overview runs={state.runs} collect={collect} />}
        </div>
        {opened !== undefined && view !== 'schedules' && (
          <RunPanel key={opened.id} run={opened} onClose={() => navigate('runs', view === 'runs' ? {} : { view })} />
        )}
      </div>
      <Dialogs />
    </div>
  );
}

/** Loaded when it is opened for the first time; then it stays, for its way out. */
function Dialogs() {
  const { collect, ...below } = Object.fromEntries(useRoute().params);
  const collecting = collect === '1';
  const [wanted, setWanted] = useState(collecting);
  if (collecting && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense>
      <CollectDialog
        open={collecting}
        onOpenChange={(open) => {
          // Closing is no step to come back to.
          if (!open) location.replace(routeHash('runs', below));
        }}
        onStarted={() => location.replace(routeHash('runs'))}
      />
    </Suspense>
  );
}

function ViewLinks({ view }: { view: View }) {
  return (
    <nav aria-label="Views" className="flex min-w-0 flex-1 items-center gap-1">
      {views.map(({ name, title }) => (
        <a
          key={name}
          href={routeHash('runs', name === 'runs' ? {} : { view: name })}
          aria-current={name === view ? 'page' : undefined}
          className={cn(
            'flex h-7 items-center rounded-md px-2 text-[13px] hover:bg-hover hover:text-foreground',
            name === view ? 'bg-selected font-medium text-foreground' : 'text-muted',
          )}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

/** Runs that go on, with all that they tell; below them all runs. */
function Overview({ runs, collect }: { runs: CollectionRun[] | null; collect: ReactNode }) {
  const { connection } = useWorkspace();
  const active = activeRuns(runs ?? [], connection.user_id);
  if (active.length === 0) return <RunList runs={runs} collect={collect} className="h-full overflow-auto" />;
  // One scroll for both: what goes on is as high as it is, however low the window.
  return (
    <div className="h-full overflow-auto">
      <div className="divide-y divide-line border-b border-line bg-surface">
        {active.map((run) => (
          <LiveRun key={run.id} run={run} />
        ))}
      </div>
      <RunList runs={runs} collect={collect} />
    </div>
  );
}

interface RunListProps {
  runs: CollectionRun[] | null;
  collect: ReactNode;
  className?: string;
}

function RunList({ runs, collect, className }: RunListProps) {
  if (runs === null) return <Waiting />;
  if (runs.length > 0) {
    return (
      <div className={cn('@container', className)}>
        <RunsGrid runs={runs} />
      </div>
    );
  }
  return (
    <EmptyState icon={<ListChecks />} title="No runs yet" actions={collect}>
      A run takes best-selling products of the categories you choose, searches eBay for each, and adds the sellers it
      finds to your list.
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className="grid gap-6 p-4">
      {[0, 1, 2, 3].map((at) => (
        <Skeleton key={at} className="w-2/3" />
      ))}
    </div>
  );
}
