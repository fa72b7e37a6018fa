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
export function useStoreRead<T>(read: (reader: StoreReader) => Promise<T>, outbox = false): StoreRead<T> {
  const { reader } = useWorkspace();
  const [state, setState] = useState<Omit<StoreRead<T>, 'retry'>>({ value: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  useEffect(() => {
    let stopped = false;
    let reading = false;
    let again = false;
    const look = async (): Promise<void> => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      try {
        const value = await read(reader);
        if (!stopped) setState({ value, error: null });
      } catch (thrown) {
        if (!stopped) setState((before) => ({ ...before, error: toAppError(thrown) }));
      }
      reading = false;
      if (again && !stopped) {
        again = false;
        await look();
      }
    };
    const unfollow = reader.onChange((what) => {
      if (what.base || (outbox && what.outbox)) void look();
    });
    void look();
    return () => {
      stopped = true;
      unfollow();
    };
  }, [reader, read, outbox, attempt]);
  return { ...state, retry };
}
