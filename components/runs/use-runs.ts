import type { AppError } from '#lib/shared/app-error.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { readRuns } from './read-runs.ts';
import { useStoreRead } from './use-store-read.ts';

export interface RunsState {
  /** Newest first; null until they have been read. */
  runs: CollectionRun[] | null;
  error: AppError | null;
  /** Reads them again, after an error. */
  retry: () => void;
}

/** The runs of the local data, followed as the background writes them; needs no server. */
export function useRuns(): RunsState {
  const { value, ...rest } = useStoreRead(readRuns);
  return { runs: value, ...rest };
}
