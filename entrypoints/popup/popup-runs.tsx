import { ActiveRun } from '#components/runs/active-run.tsx';
import { LastRun } from '#components/runs/last-run.tsx';
import { activeRuns } from '#components/runs/run-words.ts';
import { SellerFeed } from '#components/runs/seller-feed.tsx';
import { useRuns } from '#components/runs/use-runs.ts';
import { readSources, sourceWords } from '#components/runs/sources-note.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { useServerEvents } from '#components/shell/use-server-events.ts';

/** How often a run that goes on is asked for while the popup is visible. */
const PROGRESS_EVERY_MS = 500;

/** The run of this person that goes on, or how the last one ended. Without a run nothing is asked of the server. */
export function PopupRuns() {
  const { connection } = useWorkspace();
  const { runs, error, retry } = useRuns();
  // Several may go on; the newest of those that run is shown, the manager shows all.
  const active = activeRuns(runs ?? [], connection.user_id)[0];
  const last = runs?.find((run) => run.created_by === connection.user_id);
  useServerEvents({ active: active !== undefined, runs: false });
  if (error !== null) {
    return (
      <div role="alert" className="flex items-center gap-3 px-3 py-4 text-danger">
        <span className="min-w-0 flex-1">{error.message}</span>
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (active !== undefined) {
    return (
      <div className="flex min-h-0 flex-1 flex-col gap-3 px-3 py-3">
        <ActiveRun run={active} everyMs={PROGRESS_EVERY_MS} className="shrink-0" />
        <SellerFeed runId={active.id} className="min-h-20 flex-1" />
      </div>
    );
  }
  const sources = readSources(connection.store_key);
  return (
    <div className="px-3 py-4">
      {last !== undefined && <LastRun run={last} />}
      {last === undefined && runs !== null && (
        <p className="text-muted">
          No run yet. Choose categories, and a run finds who sells their best-sellers on eBay.
        </p>
      )}
      {sources !== null && sources !== 'real' && runs !== null && (last === undefined || sources === 'none') && (
        <p className={cn('mt-2 text-[13px]', sources === 'none' ? 'text-warning' : 'text-muted')}>
          {sourceWords[sources]}
        </p>
      )}
    </div>
  );
}
