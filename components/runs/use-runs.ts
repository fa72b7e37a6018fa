import { useCallback, useEffect, useState } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import { readRuns } from './read-runs.ts';

export interface RunsState {
  /** Newest first; null until they have been read. */
  runs: CollectionRun[] | null;
  error: AppError | null;
  /** Reads them again, after an error. */
  retry: () => void;
}

/** The runs of the local data, followed as the background writes them; needs no server. */
export function useRuns(): RunsState {
  const { reader } = useWorkspace();
  const [state, setState] = useState<Omit<RunsState, 'retry'>>({ runs: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  useEffect(() => {
    let stopped = false;
    let reading = false;
    let again = false;
    const read = async (): Promise<void> => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      try {
        const runs = await readRuns(reader);
        if (!stopped) setState({ runs, error: null });
      } catch (thrown) {
        if (!stopped) setState((before) => ({ ...before, error: toAppError(thrown) }));
      }
      reading = false;
      if (again && !stopped) {
        again = false;
        await read();
      }
    };
    const unfollow = reader.onChange(({ base }) => {
      if (base) void read();
    });
    void read();
    return () => {
      stopped = true;
      unfollow();
    };
  }, [reader, attempt]);
  return { ...state, retry };
}
