import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { type FoundSeller, foundSellersAnswer, mergeFound } from './found-sellers.ts';

/** The last sellers that a run found, newest first: asked for once, then added to by events. */
export function useFoundSellers(runId: string): FoundSeller[] {
  const { api, connection } = useWorkspace();
  const { data } = useQuery({
    queryKey: queryKeys(connection.store_key).runSellers(runId),
    queryFn: async ({ client, queryKey, signal }) => {
      const path = `/collection/runs/${runId}/sellers?order=desc&limit=60`;
      const { sellers } = await api.request({ path, schema: foundSellersAnswer, signal });
      // Events that came while this was on its way are newer than it.
      const arrived = client.getQueryData<FoundSeller[]>(queryKey) ?? [];
      return mergeFound(mergeFound([], sellers.toReversed()), arrived.toReversed());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}
