import { QueryClient } from '@tanstack/react-query';
import { toAppError } from '#lib/shared/to-app-error.ts';

/** Answers of the server that a second try may change. */
const passing = new Set(['unreachable', 'timeout', 'internal', 'unavailable', 'too_many_requests']);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && passing.has(toAppError(error).code),
      },
      mutations: { retry: false },
    },
  });
}
