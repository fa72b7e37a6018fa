import { useCallback } from 'react';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { type Scan, scanTable } from '#lib/store/scan-table.ts';
import type { StoredRow } from '#lib/store/types.ts';

type Wanted = Omit<Scan, 'wanted' | 'signal'> & { wanted: readonly string[] };

/** Rows of the local data by one column, looked for again as the data change; needs no server. */
export function useScan(scan: Wanted): { data: StoredRow[] | undefined; error: AppError | null } {
  const key = JSON.stringify(scan);
  const read = useCallback(
    async (reader: StoreReader, signal: AbortSignal) => {
      const what = JSON.parse(key) as Wanted;
      return { key, rows: await scanTable(reader, { ...what, wanted: new Set(what.wanted), signal }) };
    },
    [key],
  );
  const { value, error } = useStoreRead(read);
  // What was found for another question is no answer to this one.
  return { data: value?.key === key ? value.rows : undefined, error };
}
