import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { Api } from '#lib/api/client.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { itemStatuses, listedTypes } from '#lib/domain/run.ts';

/** What is shown of an item; the rest of the answer is left out. */
const runItem = z.object({
  id: z.string(),
  type: z.enum(listedTypes),
  status: z.enum(itemStatuses),
  external_id: z.string(),
  data: z.object({ title: z.string().optional(), products_found: z.int().optional() }),
  cost_cents: z.int(),
  is_new: z.boolean().nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  created_at: z.iso.datetime(),
});
export type RunItem = z.infer<typeof runItem>;
const itemsAnswer = z.object({ items: z.array(runItem), next_cursor: z.string().nullable() });

export interface ItemFilter {
  type: RunItem['type'];
  status?: RunItem['status'];
}

const PAGE = 5000;
const LIST_PAGE = 200;
/** A run of more items than this is drawn by its first ones. */
const MOST = 50_000;

/** Every item of that kind, in the order they came up, page by page. */
export function allItemsQuery(workspace: string, api: Api, runId: string, filter: ItemFilter) {
  return queryOptions({
    queryKey: queryKeys(workspace).runItems(runId, `all ${filter.type} ${filter.status ?? ''}`),
    queryFn: async ({ signal }) => {
      const items: RunItem[] = [];
      for (let cursor: string | null = ''; cursor !== null && items.length < MOST;) {
        const page: z.infer<typeof itemsAnswer> = await readItems(api, runId, filter, { limit: PAGE, cursor }, signal);
        items.push(...page.items);
        cursor = page.next_cursor;
      }
      return items;
    },
    staleTime: 60_000,
  });
}

/** The same for a list that a person goes through: a page, and the next when it is asked for. */
export function pagedItemsQuery(workspace: string, api: Api, runId: string, filter: ItemFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys(workspace).runItems(runId, `paged ${filter.type} ${filter.status ?? ''}`),
    queryFn: ({ pageParam: cursor, signal }) => readItems(api, runId, filter, { limit: LIST_PAGE, cursor }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });
}

function readItems(
  api: Api,
  runId: string,
  { type, status }: ItemFilter,
  { limit, cursor }: { limit: number; cursor: string },
  signal: AbortSignal,
) {
  const query = new URLSearchParams({
    type,
    ...(status === undefined ? {} : { status }),
    limit: String(limit),
    ...(cursor === '' ? {} : { cursor }),
  });
  return api.request({ path: `/collection/runs/${runId}/items?${query}`, schema: itemsAnswer, signal });
}
