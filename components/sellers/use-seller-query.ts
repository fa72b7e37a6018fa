import { useCallback, useEffect, useMemo, useState } from 'react';
import { keptParams } from '#components/seller-detail/use-open-seller.ts';
import { replaceRoute, routeHash, useRoute } from '#components/shell/route.ts';
import type { Query } from '#lib/query/query.ts';
import { keepQuery, restoreQuery, shownState } from './kept-query.ts';
import { paramsFromQuery, readParams } from './seller-query.ts';

/**
 * The query that the address names, else the one that was left last; how to change it, and what of the address means
 * nothing (gone with the next change). Typing does not fill the browser's history.
 */
export function useSellerQuery(storeKey: string): [Query, (change: Partial<Query>) => void, wrong: readonly string[]] {
  // Before the address is read.
  useState(() => restoreQuery(storeKey));
  const address = useRoute().params.toString();
  const { query, wrong } = useMemo(() => readParams(new URLSearchParams(address)), [address]);
  useEffect(() => keepQuery(storeKey, paramsFromQuery(query)), [storeKey, query]);
  const change = useCallback(
    (part: Partial<Query>) => {
      const params = { ...paramsFromQuery({ ...query, ...part }), ...keptParams() };
      replaceRoute(routeHash('sellers', params), { ...history.state, ...shownState });
    },
    [query],
  );
  return [query, change, wrong];
}
