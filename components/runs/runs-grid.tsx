import { navigate, routeHash } from '#components/shell/route.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { formatCents, formatDuration, formatNumber } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { amazonProgress, ebayProgress } from './run-phases.ts';
import { elapsedMs, pauseReason, statusWord } from './run-words.ts';
import { useKnownRun } from './use-live-run.ts';
import { useGridFocus } from './use-grid-focus.ts';

const columns = [
  { name: 'Run', number: false },
  { name: 'Status', number: false },
  { name: 'Progress', number: false, wideOnly: true },
  { name: 'Products', number: true, wideOnly: true },
  { name: 'Sellers', number: true },
  { name: 'New', number: true },
  { name: 'Cost', number: true, notNarrow: true },
  { name: 'Cap', number: true, wideOnly: true },
  { name: 'Started', number: false, notNarrow: true },
  { name: 'Duration', number: true, wideOnly: true },
] as const satisfies readonly { name: string; number: boolean; wideOnly?: true; notNarrow?: true }[];

/** What a list beside an open panel can do without, and one as narrow as a phone. */
const WIDE_ONLY = '@max-[1060px]:hidden';
const NOT_NARROW = '@max-[440px]:hidden';

/** Every run of the local data, newest first. */
export function RunsGrid({ runs }: { runs: readonly CollectionRun[] }) {
  const focus = useGridFocus();
  return (
    <table
      role="grid"
      aria-label="Runs"
      aria-rowcount={runs.length + 1}
      className="w-full border-separate whitespace-nowrap border-spacing-0 text-[13px]"
      {...focus}
    >
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ name, number, ...rest }) => (
            <th
              key={name}
              scope="col"
              className={cn(
                'sticky top-0 z-10 h-8 border-b border-line bg-surface px-2 font-medium text-muted @min-[440px]:px-3',
                number ? 'text-right' : 'text-left',
                'wideOnly' in rest && WIDE_ONLY,
                'notNarrow' in rest && NOT_NARROW,
              )}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run, at) => (
          <RunRow key={run.id} run={run} rowIndex={at + 2} first={at === 0} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run: stored, rowIndex, first }: { run: CollectionRun; rowIndex: number; first: boolean }) {
  const run = useKnownRun(stored);
  const { word, tone } = statusWord(run);
  return (
    <tr
      aria-rowindex={rowIndex}
      tabIndex={first ? 0 : -1}
      onKeyDown={(event) => {
        if (event.key === 'Enter') navigate('runs', { run: run.id });
      }}
      className="outline-offset-[-2px] hover:bg-hover [&>td]:h-9 [&>td]:border-b [&>td]:border-line [&>td]:px-2 @min-[440px]:[&>td]:px-3"
    >
      <td
        className="max-w-36 py-1 font-medium @max-[440px]:whitespace-normal @min-[440px]:max-w-64 @min-[440px]:truncate"
        title={run.name}
      >
        <a href={routeHash('runs', { run: run.id })} tabIndex={-1} className="wrap-anywhere hover:underline">
          {run.name}
        </a>
      </td>
      <td>
        <Badge tone={tone} title={pauseReason(run) ?? undefined}>
          {word}
        </Badge>
      </td>
      <td className={cn('text-muted', WIDE_ONLY)}>{progressWords(run)}</td>
      <Figure value={run.products_found} className={WIDE_ONLY} />
      <Figure value={run.sellers_found} />
      <Figure value={run.sellers_new} />
      <td className={cn('text-right', NOT_NARROW)}>{formatCents(run.actual_cost_cents)}</td>
      <td className={cn('text-right text-muted', WIDE_ONLY)}>{formatCents(run.budget_cap_cents)}</td>
      <td className={NOT_NARROW}>
        <RelativeTime at={run.started_at ?? run.created_at} />
      </td>
      <td className={cn('text-right', WIDE_ONLY)}>
        {isTerminal(run.status) ? formatDuration(elapsedMs(run, run.updated_at)) : '–'}
      </td>
    </tr>
  );
}

function Figure({ value, className }: { value: number; className?: string }) {
  return <td className={cn('text-right', className)}>{formatNumber(value)}</td>;
}

function progressWords(run: CollectionRun): string {
  const failed = run.failed_items > 0 ? `, ${formatNumber(run.failed_items)} failed` : '';
  if (run.status === 'completed') return `${formatNumber(run.processed_items)} searched${failed}`;
  if (run.phase === 'amazon') return `Amazon: ${amazonProgress(run).text}`;
  return `eBay: ${ebayProgress(run).text}${failed}`;
}
