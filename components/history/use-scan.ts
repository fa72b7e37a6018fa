import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { type Scan, scanTable } from '#lib/store/scan-table.ts';
import type { StoredRow } from '#lib/store/types.ts';

type Wanted = Omit<Scan, 'wanted' | 'signal'> & { wanted: readonly string[] };

/** Rows of the local data by one column, looked for as often as it is shown anew; needs no server. */
export function useScan(scan: Wanted): { data: StoredRow[] | undefined; error: unknown } {
  const { reader, connection } = useWorkspace();
  const { data, error } = useQuery({
    queryKey: queryKeys(connection.store_key).scan(scan),
    queryFn: ({ signal }) => scanTable(reader, { ...scan, wanted: new Set(scan.wanted), signal }),
    networkMode: 'always',
    staleTime: 0,
    gcTime: 0,
  });
  return { data, error };
}
