import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import type { RunRequest } from '#lib/protocol/collection.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { allItemsQuery } from './run-items.ts';
import { useEstimate } from './use-estimate.ts';

/** What an ended run would cost once more, with its own settings and the prices of now. */
export function useRerunEstimate(run: CollectionRun, only: 'failed' | null) {
  const { api, connection } = useWorkspace();
  const byCategories = only === null && run.category_ids.length > 0;
  const items = useQuery({
    ...allItemsQuery(connection.store_key, api, run.id, {
      type: 'amazon_product',
      ...(only === null ? {} : { status: only }),
    }),
    enabled: !byCategories,
  });
  const request = useMemo((): RunRequest | null => {
    const { seller_source, settings } = run;
    if (byCategories)
      return { category_ids: run.category_ids, product_source: run.product_source, seller_source, settings };
    if (items.data === undefined) return null;
    const products = items.data.map((item) => ({ title: item.data.title ?? item.external_id }));
    return { products, product_source: 'list', seller_source, settings };
  }, [run, byCategories, items.data]);
  const estimate = useEstimate(request);
  return {
    data: estimate.data,
    error: items.error ?? estimate.error,
    isFetching: items.isFetching || estimate.isFetching,
    retry: () => void (items.isError ? items.refetch() : estimate.refetch()),
  };
}
