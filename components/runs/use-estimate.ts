import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { estimateQuery } from '#lib/api/collection-queries.ts';
import type { EstimateAnswer, EstimateRequest } from '#lib/protocol/collection.ts';
import { useDebounced } from './use-debounced.ts';

const SETTLED_MS = 200;

/** What a run would do and cost; asked for when the request has settled, and for none (null) never. */
export function useEstimate(request: EstimateRequest | null) {
  const { api, connection } = useWorkspace();
  const settled = useDebounced(request, SETTLED_MS);
  const query = useQuery({
    ...estimateQuery(connection.store_key, api, settled ?? {}),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData, refetch } = query;
  const isSettled = settled === request;
  return {
    data,
    error,
    refetch,
    isFetching: query.isFetching || !isSettled,
    /** Why nothing is started for it, or null: its figures are there and within the cap. */
    reason: reasonOf(data, error, isSettled && !isPlaceholderData),
  };
}

function reasonOf(data: EstimateAnswer | undefined, error: Error | null, isCurrent: boolean): string | null {
  if (!isCurrent || (data === undefined && error === null)) return 'Working out what it costs…';
  if (error !== null || data === undefined) return 'What it costs is not known. Try again above.';
  return data.budget.allowed ? null : 'Over the budget cap';
}
