import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { collectionSettingsQuery } from '#lib/api/collection-queries.ts';

/** Where a workspace has set none, and until the server has answered. */
const DEFAULT_PERCENT = 80;
const RARELY_MS = 5 * 60_000;

/** From which share of its cap on the cost of a run is worth a warning; asked of the server only when told to. */
export function useSoftWarningPercent(ask: boolean): number {
  const { api, connection } = useWorkspace();
  const { data } = useQuery({
    ...collectionSettingsQuery(connection.store_key, api),
    enabled: ask && connection.token !== null,
    staleTime: RARELY_MS,
  });
  return data?.soft_warning_percent ?? DEFAULT_PERCENT;
}
