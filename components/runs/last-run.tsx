import { Badge } from '#components/ui/badge.tsx';
import { count, formatCents, formatDuration, formatNumber } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { elapsedMs, statusWord } from './run-words.ts';

/** How the last run ended, in one look. */
export function LastRun({ run }: { run: CollectionRun }) {
  const ended = run.completed_at ?? run.updated_at;
  const { word, tone } = statusWord(run);
  return (
    <section aria-label="Last run" className="grid grid-cols-1 gap-1.5">
      <header className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold" title={run.name}>
          {run.name}
        </h2>
        <Badge tone={tone}>{word}</Badge>
      </header>
      <p>
        {count(run.sellers_found, 'seller')} found, <b className="font-semibold">{formatNumber(run.sellers_new)} new</b>
        .{run.failed_items > 0 && ` ${count(run.failed_items, 'search', 'searches')} failed.`}
      </p>
      <p className="text-[13px] text-muted">
        {count(run.products_found, 'product')} · {formatDuration(elapsedMs(run, ended))} ·{' '}
        {formatCents(run.actual_cost_cents)} · <RelativeTime at={ended} />
      </p>
    </section>
  );
}
