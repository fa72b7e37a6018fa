import { useCallback, useEffect, useState } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';

export interface StoreRead<T> {
  /** Null until it has been read. */
  value: T | null;
  error: AppError | null;
  /** Reads it again, after an error. */
  retry: () => void;
}

/**
 * What `read` finds in the local data, read again as the background writes them; needs no server. `read`
 * must be the same function as long as it reads the same; `outbox`: what is not sent belongs to it too.
 */
export function useStoreRead<T>(
  read: (reader: StoreReader, signal: AbortSignal) => Promise<T>,
  outbox = false,
): StoreRead<T> {
  const { reader } = useWorkspace();
  const [state, setState] = useState<Omit<StoreRead<T>, 'retry'>>({ value: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let reading = false;
    let again = false;
    const look = async (): Promise<void> => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      try {
        const value = await read(reader, signal);
        if (!signal.aborted) setState({ value, error: null });
      } catch (thrown) {
        if (!signal.aborted) setState((before) => ({ ...before, error: toAppError(thrown) }));
      }
      reading = false;
      if (again && !signal.aborted) {
        again = false;
        await look();
      }
    };
    const unfollow = reader.onChange((what) => {
      if (what.base || (outbox && what.outbox)) void look();
    });
    void look();
    return () => {
      abort.abort();
      unfollow();
    };
  }, [reader, read, outbox, attempt]);
  return { ...state, retry };
}
