import { lazy, Suspense, useState } from 'react';
import { SellerNames } from '#components/history/seller-names.tsx';
import { useReachable } from '#components/shell/use-reachable.ts';
import { Badge } from '#components/ui/badge.tsx';
import { count } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { KnownSellers } from './known-sellers.tsx';
import { RerunButtons } from './rerun-buttons.tsx';
import { RunControls } from './run-controls.tsx';
import { RunFigures } from './run-figures.tsx';
import { RunLog } from './run-log.tsx';
import { RunSteps } from './run-steps.tsx';
import { pauseReason, statusWord } from './run-words.ts';
import { settingsLine } from './settings-words.ts';
import { useKnownRun } from './use-live-run.ts';

const RunCharts = lazy(async () => ({ default: (await import('./run-charts.tsx')).RunCharts }));

/** Everything about one run: figures, what became of its sellers, its log. What is only on the server says so. */
export function RunPanel({ run: stored, onClose }: { run: CollectionRun; onClose: () => void }) {
  const run = useKnownRun(stored);
  const reachable = useReachable();
  const { word, tone } = statusWord(run);
  const ended = isTerminal(run.status);
  const reason = pauseReason(run);
  /** What failed is what a person comes for. */
  const [tab, setTab] = useState<'sellers' | 'searches' | 'steps'>(run.failed_items > 0 ? 'searches' : 'sellers');
  return (
    <SidePanel title={run.name} badge={<Badge tone={tone}>{word}</Badge>} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <div className="grid grid-cols-1 gap-3">
          <p className="text-[13px] text-muted">
            <RelativeTime at={run.started_at ?? run.created_at} />
            {run.category_ids.length > 0 && ` · ${count(run.category_ids.length, 'category', 'categories')}`}
            {` · ${settingsLine(run.settings)}`}
          </p>
          {reason !== null && <p className="text-[13px] text-warning">{reason}</p>}
          <RunFigures run={run} now={run.completed_at ?? run.paused_at ?? Date.now()} />
          {ended ? <RerunButtons run={run} /> : <RunControls run={run} />}
        </div>
        {reachable && (
          <Suspense>
            <RunCharts run={run} />
          </Suspense>
        )}
        <Tabs
          label="Details"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: 'sellers', label: 'Sellers', content: <RunSellers run={run} /> },
            {
              value: 'searches',
              label: 'Searches',
              content: reachable ? (
                <RunLog run={run} />
              ) : (
                <p className="text-[13px] text-muted">
                  What each search found is kept on the server. Connect to see it.
                </p>
              ),
            },
            { value: 'steps', label: 'What happened', content: <RunSteps runId={run.id} /> },
          ]}
        />
      </div>
    </SidePanel>
  );
}

function RunSellers({ run }: { run: CollectionRun }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <Part title="Sellers that it added">
        <SellerNames column="first_seen_run_id" wanted={[run.id]} sign="+" empty="It added none." />
      </Part>
      <Part title="Sellers that it saw again">
        <KnownSellers run={run} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 text-[12px] leading-4 text-muted">{title}</h3>
      {children}
    </section>
  );
}
