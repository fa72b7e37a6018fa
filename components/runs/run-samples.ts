import type { CollectionRun } from '#lib/tables/collection-runs.ts';

/** Figures of a run at one moment; times are epoch milliseconds. */
export interface RunSample {
  at: number;
  processed: number;
  found: number;
  fresh: number;
}

const KEPT = 240;
const APART_MS = 1000;
const RECENT_MS = 60_000;
const MINUTE_MS = 60_000;

type Counted = Pick<CollectionRun, 'processed_items' | 'sellers_found' | 'sellers_new' | 'started_at' | 'created_at'>;

/** The samples with the run's figures of now; every second one goes when they become many. */
export function addSample(before: readonly RunSample[], run: Counted, at: number): readonly RunSample[] {
  const samples =
    before.length > 0
      ? before
      : [{ at: Math.min(at, run.started_at ?? run.created_at), processed: 0, found: 0, fresh: 0 }];
  const last = samples.at(-1);
  if (last !== undefined && samples.length > 1 && at - last.at < APART_MS) return before;
  const next = [...samples, { at, processed: run.processed_items, found: run.sellers_found, fresh: run.sellers_new }];
  return next.length <= KEPT ? next : next.filter((_, index) => index % 2 === 0 || index === next.length - 1);
}

/** Searches a minute of late; null until there is something to judge by. */
export function searchesPerMinute(samples: readonly RunSample[]): number | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  const first = samples.find(({ at }) => at >= last.at - RECENT_MS);
  if (first === undefined || last.at - first.at < 2 * APART_MS || last.processed === first.processed) return null;
  return ((last.processed - first.processed) * MINUTE_MS) / (last.at - first.at);
}
