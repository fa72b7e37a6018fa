import { infiniteQueryOptions } from '@tanstack/react-query';
import { sellerRunsAnswer } from '#lib/protocol/seller-runs.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

const PAGE = 50;

/** The runs that saw a seller, the latest first, page by page. `timesSeen`: with another one there is another run. */
export function sellerRunsQuery(workspace: string, api: Api, id: string, timesSeen: number) {
  return infiniteQueryOptions({
    queryKey: queryKeys(workspace).sellerRuns(id, timesSeen),
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === '' ? {} : { cursor }) });
      return api.request({ path: `/sellers/${id}/runs?${query}`, schema: sellerRunsAnswer, signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
    staleTime: 60_000,
  });
}
