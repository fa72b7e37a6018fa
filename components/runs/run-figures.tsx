import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { formatCents, formatDuration, formatNumber } from '#components/ui/format.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { elapsedMs, isNearCap } from './run-words.ts';
import { useSoftWarningPercent } from './use-soft-warning-percent.ts';

interface RunFiguresProps {
  run: CollectionRun;
  /** Epoch milliseconds. */
  now: number;
  /** Searches a minute, null while it is not known; left out for a run that is over. */
  perMinute?: number | null | undefined;
}

/** What a run has found, used and cost, and how fast it goes. */
export function RunFigures({ run, now, perMinute }: RunFiguresProps) {
  const nearCap = isNearCap(run, useSoftWarningPercent(!isTerminal(run.status)));
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2">
      <Figure name="Sellers found">{formatNumber(run.sellers_found)}</Figure>
      <Figure name="New">{formatNumber(run.sellers_new)}</Figure>
      {perMinute === undefined ? (
        <Figure name="Products">{formatNumber(run.products_found)}</Figure>
      ) : (
        <Figure name="Pace">{perMinute === null ? '–' : `${formatNumber(Math.round(perMinute))} a minute`}</Figure>
      )}
      <Figure name="Elapsed">{formatDuration(elapsedMs(run, now))}</Figure>
      <Figure name="Cost" className={cn('col-span-2', nearCap && 'text-warning')}>
        {formatCents(run.actual_cost_cents)}
        <span className="font-normal text-muted"> of {formatCents(run.budget_cap_cents)} cap</span>
        {run.failed_items > 0 && (
          <span className="ml-3 text-[13px] font-normal text-danger">{formatNumber(run.failed_items)} failed</span>
        )}
      </Figure>
    </dl>
  );
}

function Figure({ name, children, className }: { name: string; children: ReactNode; className?: string | undefined }) {
  return (
    <div className={className}>
      <dt className="text-[12px] leading-4 text-muted">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
