import { useCallback, useMemo } from 'react';
import { routeHash, useRoute } from '#components/shell/route.ts';
import type { Query } from '#lib/query/query.ts';
import { paramsFromQuery, readParams } from './seller-query.ts';

export interface SellerQuery {
  readonly query: Query;
  /** Parts of the address that mean nothing; gone with the next change. */
  readonly wrong: readonly string[];
  readonly change: (change: Partial<Query>) => void;
}

/** The query that the address names, and how to change it. Typing does not fill the browser's history. */
export function useSellerQuery(): SellerQuery {
  const address = useRoute().params.toString();
  const { query, wrong } = useMemo(() => readParams(new URLSearchParams(address)), [address]);
  const change = useCallback(
    (part: Partial<Query>) => {
      history.replaceState(null, '', routeHash('sellers', paramsFromQuery({ ...query, ...part })));
      // replaceState tells nobody, and the address is the only place where the query is kept.
      dispatchEvent(new HashChangeEvent('hashchange'));
    },
    [query],
  );
  return { query, wrong, change };
}
