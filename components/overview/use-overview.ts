import { startTransition, useEffect, useState } from 'react';
import { everySeller } from '#components/sellers/seller-query.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { Overview, SellerRow, ViewState } from '#lib/query/query.ts';
import { type DaySteps, daySteps } from './day-steps.ts';

export interface SellerFigures {
  readonly overview: Overview;
  readonly growth: DaySteps;
  /** Those seen in most runs, the most first. */
  readonly top: readonly SellerRow[];
  readonly phase: ViewState['phase'];
}

export interface OverviewRead {
  /** Null until they are there. */
  readonly figures: SellerFigures | null;
  readonly failure: AppError | null;
}

const TOP_ROWS = 10;
const byTimesSeen = { ...everySeller, sort: [{ column: 'times_seen', order: 'desc' as const }] };

/** The figures of the list, worked out by the query worker, again whenever the list changes. */
export function useOverview(client: QueryClient): OverviewRead {
  const [read, setRead] = useState<OverviewRead>({ figures: null, failure: null });
  useEffect(() => {
    let stopped = false;
    let reading = false;
    let next: ViewState | null = null;
    const view = client.openView(byTimesSeen, (state) => {
      next = state;
      if (!reading) void readAll();
    });
    /** One at a time; what changes meanwhile is read after it. */
    async function readAll(): Promise<void> {
      reading = true;
      while (next !== null && !stopped) {
        const { phase } = next;
        next = null;
        try {
          const figures = await readFigures(client, view, phase);
          // Drawn bit by bit: all the figures at once would hold up the page.
          if (!stopped) startTransition(() => setRead({ figures, failure: null }));
        } catch (thrown) {
          if (!stopped) setRead((before) => ({ ...before, failure: toAppError(thrown) }));
        }
      }
      reading = false;
    }
    const stopFailures = client.onFailure((failure) => setRead((before) => ({ ...before, failure })));
    return () => {
      stopped = true;
      stopFailures();
      view.close();
    };
  }, [client]);
  return read;
}

async function readFigures(
  client: QueryClient,
  view: ReturnType<QueryClient['openView']>,
  phase: ViewState['phase'],
): Promise<SellerFigures> {
  const { rows: top } = await view.window(0, TOP_ROWS);
  const now = Date.now();
  const { numbers } = await client.facets(everySeller);
  const growth = daySteps(numbers.created_at.least ?? now, Math.max(now, numbers.created_at.greatest ?? now));
  const overview = await client.overview([growth.before, ...growth.steps.map(({ to }) => to)]);
  return { overview, growth, top: top.filter(({ times_seen }) => times_seen > 1), phase };
}
