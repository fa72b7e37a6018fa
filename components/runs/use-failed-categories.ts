import { useInfiniteQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { pagedItemsQuery } from './run-items.ts';

/** How many categories of an ended run could not be read; 0 until the server has said. */
export function useFailedCategories(run: Pick<CollectionRun, 'id' | 'category_ids'>): number {
  const { api, connection } = useWorkspace();
  const reachable = useReachable();
  const { data } = useInfiniteQuery({
    ...pagedItemsQuery(connection.store_key, api, run.id, { type: 'category', status: 'failed' }),
    enabled: reachable && run.category_ids.length > 0,
  });
  return data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
}
