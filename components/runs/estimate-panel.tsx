import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { formatCents, formatNumber } from '#components/ui/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import { collectionSettingsQuery } from '#lib/api/collection-queries.ts';
import type { EstimateAnswer } from '#lib/protocol/collection.ts';
import { EstimateTable } from './estimate-table.tsx';
import type { MissingSources } from './use-run-choice.ts';

interface EstimatePanelProps {
  /** Nothing is chosen, so there is nothing to reckon. */
  idle: boolean;
  estimate: Pick<UseQueryResult<EstimateAnswer>, 'data' | 'error' | 'isFetching'>;
  onRetry: () => void;
  idleWords?: string;
  /** What helps when it is over the cap. */
  advice?: string;
  /** Without them there is no estimate. */
  missing?: MissingSources | null;
}

const IDLE = 'Choose categories or paste a list to see what the run will do and cost.';
const ADVICE = 'Choose fewer categories, search fewer pages, or ask an owner to raise it.';

export const ASKING_FOR_SOURCES = 'Asking the server for its sources…';

/** What the run would do and cost, before anything is paid. */
export function EstimatePanel({
  idle,
  estimate,
  onRetry,
  idleWords = IDLE,
  advice = ADVICE,
  missing = null,
}: EstimatePanelProps) {
  const { error, isFetching } = missing ?? estimate;
  const data = missing === null ? estimate.data : undefined;
  // Sources that cannot be had are told of before anybody has chosen anything.
  const isIdle = idle && (missing === null || error === null);
  return (
    <section
      aria-label="Estimate"
      aria-busy={isFetching}
      className="rounded-md border border-line bg-surface px-3 py-2"
    >
      {isIdle && <p className="text-muted">{idleWords}</p>}
      {!isIdle && error !== null && (
        <div role="alert" className="flex items-center gap-3 text-danger">
          <span className="min-w-0 flex-1">{errorWords(error)}</span>
          <Button size="sm" disabled={isFetching} onClick={missing?.retry ?? onRetry}>
            Try again
          </Button>
        </div>
      )}
      {!isIdle && error === null && data === undefined && (
        <p className="text-muted">{missing === null ? 'Working it out…' : ASKING_FOR_SOURCES}</p>
      )}
      {!isIdle && error === null && data !== undefined && <Figures answer={data} stale={isFetching} advice={advice} />}
    </section>
  );
}

function Figures({ answer, stale, advice }: { answer: EstimateAnswer; stale: boolean; advice: string }) {
  const { total, budget, categories, unsupported } = answer;
  const share = useWarningShare();
  const tone = budget.allowed ? (budget.warn ? 'warning' : 'accent') : 'danger';
  return (
    <div className={cn('grid gap-1.5', stale && 'opacity-60')}>
      <div className="flex flex-wrap items-baseline gap-x-4">
        <span>
          <b className="font-semibold">{formatNumber(total.products)}</b> products
        </span>
        <span>
          <b className="font-semibold">{formatNumber(total.calls)}</b> calls
        </span>
        <span className="sm:ml-auto">
          <b className="font-semibold">{formatCents(total.cost_cents)}</b>
          <span className="text-muted"> of {formatCents(budget.cap_cents)} cap</span>
        </span>
      </div>
      <Progress
        label="Share of the budget cap"
        tone={tone}
        value={total.cost_cents}
        max={budget.cap_cents}
        markAt={share}
        valueText={`${formatCents(total.cost_cents)} of ${formatCents(budget.cap_cents)}`}
      />
      {!budget.allowed && (
        <p role="alert" className="text-[13px] text-danger">
          {formatCents(total.cost_cents - budget.cap_cents)} over the cap. {advice}
        </p>
      )}
      {budget.allowed && budget.warn && (
        <p className="text-[13px] text-warning">
          {share === null ? 'Close to the cap.' : `Over ${formatNumber(share * 100)} % of the cap.`} A run that reaches
          the cap pauses until it is raised.
        </p>
      )}
      {unsupported.map(({ setting, message }) => (
        <p key={setting} className="text-[13px] text-warning">
          {message}
        </p>
      ))}
      {categories.length > 1 && (
        <Disclosure title="By category" className="text-[13px]">
          <EstimateTable categories={categories} />
        </Disclosure>
      )}
    </div>
  );
}

/** From which share of the cap on a run is warned about, 0 to 1; null until the server has said. */
function useWarningShare(): number | null {
  const { api, connection } = useWorkspace();
  const { data } = useQuery(collectionSettingsQuery(connection.store_key, api));
  return data === undefined ? null : data.soft_warning_percent / 100;
}
