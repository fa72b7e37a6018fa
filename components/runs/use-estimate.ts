import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { estimateQuery } from '#lib/api/collection-queries.ts';
import type { EstimateRequest } from '#lib/protocol/collection.ts';
import { useDebounced } from './use-debounced.ts';

const SETTLED_MS = 200;

/** What a run would do and cost; asked for when the request has settled, and for none (null) never. */
export function useEstimate(request: EstimateRequest | null) {
  const { api, connection } = useWorkspace();
  const settled = useDebounced(request, SETTLED_MS);
  return useQuery({
    ...estimateQuery(connection.store_key, api, settled ?? {}),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
  });
}
