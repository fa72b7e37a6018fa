import { QueryClient } from '@tanstack/react-query';
import { isPassing } from '#lib/shared/error-codes.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isPassing(toAppError(error).code),
      },
      mutations: { retry: false },
    },
  });
}
