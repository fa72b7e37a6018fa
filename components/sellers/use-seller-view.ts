import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Query } from '#lib/query/query.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { SellerSnapshot, SellerView } from './seller-view.ts';
import { createSellerView } from './seller-view.ts';

/** The sellers of a query as the page shows them. `client` must not change while mounted. */
export function useSellerView(client: QueryClient, query: Query): { view: SellerView; snapshot: SellerSnapshot } {
  const [view] = useState(() => createSellerView(client, query));
  const snapshot = useSyncExternalStore(view.subscribe, view.snapshot);
  const shown = useRef(query);
  useLayoutEffect(() => {
    view.open();
    return view.close;
  }, [view]);
  // Asked for before what stays of the page is drawn.
  useLayoutEffect(() => {
    if (shown.current === query) return;
    shown.current = query;
    view.setQuery(query);
  }, [view, query]);
  // An answer given before the first page was read shows nothing yet.
  const isShown = snapshot.rows.length > 0 || (snapshot.state !== null && snapshot.state.phase !== 'loading');
  useEffect(() => {
    if (isShown) requestAnimationFrame(() => setTimeout(client.drawn));
  }, [isShown, client]);
  return { view, snapshot };
}
