import { useMemo } from 'react';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { type Scan, scanTable } from '#lib/store/scan-table.ts';
import type { StoredRow } from '#lib/store/types.ts';

type Wanted = Omit<Scan, 'wanted' | 'signal'> & { wanted: readonly string[] };

/** A run that goes on changes the data all the while, and a scan may go through every page of a million sellers. */
const REST_MS = 1000;

/** Rows of the local data by one column, looked for again as the data change; needs no server. */
export function useScan(scan: Wanted): { data: StoredRow[] | undefined; error: AppError | null } {
  const key = JSON.stringify(scan);
  const read = useMemo(() => scannerOf(key), [key]);
  const { value, error } = useStoreRead(read);
  // What was found for another question is no answer to this one.
  return { data: value?.key === key ? value.rows : undefined, error };
}

function scannerOf(key: string) {
  const { wanted, ...scan } = JSON.parse(key) as Wanted;
  let restsUntil = 0;
  return async (reader: StoreReader, signal: AbortSignal): Promise<{ key: string; rows: StoredRow[] }> => {
    const ms = restsUntil - Date.now();
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    const rows = await scanTable(reader, { ...scan, wanted: new Set(wanted), signal });
    restsUntil = Date.now() + REST_MS;
    return { key, rows };
  };
}
