import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { formatDuration } from '#components/ui/format.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { LiveRun } from '#lib/api/parse-run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { PhaseBars } from './phase-bars.tsx';
import { RunControls } from './run-controls.tsx';
import { RunFigures } from './run-figures.tsx';
import { searchesPerMinute } from './run-samples.ts';
import { pauseReason, statusWord } from './run-words.ts';
import { useLiveRun, useRunSamples } from './use-live-run.ts';
import { useSecond } from './use-second.ts';
import { waitingSeconds } from './waiting-seconds.ts';

interface ActiveRunProps {
  run: CollectionRun;
  /** How often the server is asked while the page is visible. */
  everyMs: number;
  className?: string | undefined;
}

/** A run that goes on: its two phases, figures and controls. */
export function ActiveRun({ run: stored, everyMs, className }: ActiveRunProps) {
  const { run, extra, isBehind } = useLiveRun(stored, everyMs);
  const samples = useRunSamples(run.id);
  const now = useSecond(run.status === 'running' && !isBehind);
  const { word, tone } = statusWord(run);
  return (
    <section aria-label="Active run" className={cn('grid grid-cols-1 gap-3', className)}>
      <header className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold" title={run.name}>
          {run.name}
        </h2>
        <Badge tone={tone}>{word}</Badge>
      </header>
      <PhaseBars run={run} />
      <RunFigures
        run={run}
        now={run.paused_at ?? now}
        perMinute={run.status === 'running' ? searchesPerMinute(samples) : null}
      />
      <RunNote run={run} extra={extra} isBehind={isBehind} />
      {!isTerminal(run.status) && <RunControls run={run} />}
    </section>
  );
}

function RunNote({ run, extra, isBehind }: Omit<ReturnType<typeof useLiveRun>, 'stored'>) {
  const reason = pauseReason(run);
  if (isBehind) return <Note>The server does not answer; these figures are from before.</Note>;
  if (reason !== null) return <Note>{reason}</Note>;
  if (isTerminal(run.status)) return null;
  if (extra === null) return <Note />;
  const seconds = waitingSeconds(extra);
  if (seconds !== null) return <Note>The provider asked to slow down; waiting {seconds} s.</Note>;
  // What is left is first: a product’s title may be longer than the line.
  const text = [leftWords(extra.eta_seconds), nowWords(run, extra)].filter((part) => part !== null).join(' · ');
  return (
    <Note>
      <span className="block truncate first-letter:uppercase" title={text}>
        {text}
      </span>
    </Note>
  );
}

/** “now in Cooktops: Gas stove, 5 burners”; the category alone while products are looked up. */
function nowWords(run: CollectionRun, extra: NonNullable<LiveRun['extra']>): string | null {
  const category = extra.current_category;
  const product = run.phase === 'ebay' ? extra.searches.find(({ state }) => state === 'searching')?.query : null;
  if (category === null) return product == null ? null : `now searching ${product}`;
  // While products are looked up, what is asked for is the category itself.
  return product == null || product === category ? `now in ${category}` : `now in ${category}: ${product}`;
}

function leftWords(seconds: number | null): string | null {
  return seconds === null ? null : `about ${formatDuration(seconds * 1000)} left`;
}

/** Keeps its line when it has nothing to say, so that what is below does not jump. */
function Note({ children }: { children?: React.ReactNode }) {
  return <p className="min-h-5 text-[13px] text-muted">{children}</p>;
}
