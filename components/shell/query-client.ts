import { QueryClient } from '@tanstack/react-query';
import { isPassing } from '#lib/shared/error-codes.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';

/**
 * Without a connection a question fails like any other, and the page says so: the library’s own way is to wait
 * without a word, and to do a command later that was given long before.
 */
const networkMode = 'always';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode,
        refetchOnReconnect: true,
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isPassing(toAppError(error).code),
      },
      mutations: { networkMode, retry: false },
    },
  });
}
