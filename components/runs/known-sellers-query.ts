import { infiniteQueryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { Api } from '#lib/api/client.ts';
import { queryKeys } from '#lib/api/query-keys.ts';

/** What is shown of a seller; the rest of the row is left out. */
const knownSeller = z.object({ id: z.string(), display_name: z.string(), flagged: z.boolean() });
const knownSellersAnswer = z.object({ sellers: z.array(knownSeller), next_cursor: z.string().nullable() });

const PAGE = 200;

/** The sellers that a run found and that were in the list before, page by page, whichever runs have seen them since. */
export function knownSellersQuery(workspace: string, api: Api, runId: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys(workspace).knownSellers(runId),
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = new URLSearchParams({
        kind: 'known',
        limit: String(PAGE),
        ...(cursor === '' ? {} : { cursor }),
      });
      return api.request({ path: `/collection/runs/${runId}/sellers?${query}`, schema: knownSellersAnswer, signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });
}
