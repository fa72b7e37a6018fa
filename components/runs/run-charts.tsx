import { useQuery } from '@tanstack/react-query';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { BarTable } from '#components/ui/bar-table.tsx';
import { LineChart, type Series } from '#components/ui/line-chart.tsx';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { failuresByKind, foundOverTime } from './run-figures-over-time.ts';
import { allItemsQuery } from './run-items.ts';
import { useRunSamples } from './use-live-run.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const EVERY_MS = 10_000;
const formatAt = (at: number): string => clock.format(at);

function seriesOf(found: readonly number[], fresh: readonly number[]): Series[] {
  return [
    { name: 'Found', values: found, stroke: 'stroke-ebay', swatch: 'border-ebay' },
    { name: 'New', values: fresh, stroke: 'stroke-accent', swatch: 'border-accent', dashed: true },
  ];
}

/** How a run that goes on has grown since this page was opened. */
export function LiveChart({ runId }: { runId: string }) {
  const samples = useRunSamples(runId);
  if (samples.length < 3) return null;
  return (
    <LineChart
      title="Sellers over time"
      at={samples.map(({ at }) => at)}
      series={seriesOf(
        samples.map(({ found }) => found),
        samples.map(({ fresh }) => fresh),
      )}
      formatAt={formatAt}
    />
  );
}

/** What a run found over its time, how much of it was new, and what went wrong; from the server's items. */
export function RunCharts({ run }: { run: CollectionRun }) {
  const { api, connection } = useWorkspace();
  const ended = isTerminal(run.status);
  const sellers = useQuery({
    ...allItemsQuery(connection.store_key, api, run.id, { type: 'ebay_seller' }),
    enabled: ended && run.sellers_found > 0 && connection.token !== null,
  });
  const failed = useQuery({
    ...allItemsQuery(connection.store_key, api, run.id, { type: 'amazon_product', status: 'failed' }),
    enabled: run.failed_items > 0 && connection.token !== null,
    refetchInterval: ended ? false : EVERY_MS,
  });
  const growth =
    sellers.data === undefined
      ? null
      : foundOverTime(sellers.data, run.started_at ?? run.created_at, run.completed_at ?? run.updated_at);
  const known = Math.max(0, run.sellers_found - run.sellers_new);
  return (
    <div className="grid grid-cols-1 gap-4">
      {run.sellers_found > 0 && (
        <BarTable
          title="New and known sellers"
          shares
          bars={[
            { name: 'New', value: run.sellers_new, fill: 'bg-accent' },
            { name: 'Known', value: known, fill: 'bg-line-strong' },
          ]}
        />
      )}
      {growth !== null && (
        <LineChart
          title="Sellers over time"
          at={growth.at}
          series={seriesOf(growth.found, growth.fresh)}
          formatAt={formatAt}
        />
      )}
      {failed.data !== undefined && failed.data.length > 0 && (
        <BarTable title="Failed searches by reason" bars={failuresByKind(failed.data)} />
      )}
      {(sellers.isError || failed.isError) && (
        <p className="text-[13px] text-muted">
          More is drawn once the server answers. {errorWords(sellers.error ?? failed.error)}
        </p>
      )}
    </div>
  );
}
