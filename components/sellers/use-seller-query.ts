import { useCallback } from 'react';
import { keptParams } from '#components/seller-detail/use-open-seller.ts';
import { routeHash, useRoute } from '#components/shell/route.ts';
import type { Query } from '#lib/query/query.ts';
import { useMemo } from 'react';
import { paramsFromQuery, readParams } from './seller-query.ts';

/** The query that the address names, how to change it, and what of the address means nothing (gone with the next change). Typing does not fill the browser's history. */
export function useSellerQuery(): [Query, (change: Partial<Query>) => void, wrong: readonly string[]] {
  const address = useRoute().params.toString();
  const { query, wrong } = useMemo(() => readParams(new URLSearchParams(address)), [address]);
  const change = useCallback(
    (part: Partial<Query>) => {
      history.replaceState(
        null,
        '',
        routeHash('sellers', { ...paramsFromQuery({ ...query, ...part }), ...keptParams() }),
      );
      // replaceState tells nobody, and the address is the only place where the query is kept.
      dispatchEvent(new HashChangeEvent('hashchange'));
    },
    [query],
  );
  return [query, change, wrong];
}
