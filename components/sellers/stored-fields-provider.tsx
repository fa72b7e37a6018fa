import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useRuns } from '#components/runs/use-runs.ts';
import type { SellerRow } from '#lib/query/query.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { StoredFields } from '#lib/query/stored-fields.ts';

interface StoredValue {
  /** By handle, of the rows in view. */
  readonly fields: ReadonlyMap<number, StoredFields>;
  readonly runNames: ReadonlyMap<string, string>;
}

const nothing: StoredValue = { fields: new Map(), runNames: new Map() };
const Stored = createContext(nothing);

/** A list that is scrolled through is not read row by row. */
const REST_MS = 100;

interface ProviderProps {
  readonly client: QueryClient;
  /** Ids of the columns that are shown. */
  readonly shown: readonly string[];
  /** Rows in view. */
  readonly rows: readonly SellerRow[];
  readonly revision: number;
  readonly children: ReactNode;
}

/** What cells show that is not part of a row: names of runs, notes, platform ids; read only while a column shows them. */
export function StoredFieldsProvider({ client, shown, rows, revision, children }: ProviderProps) {
  const { runs } = useRuns();
  const [fields, setFields] = useState(nothing.fields);
  const hasIds = shown.includes('platform_id');
  const hasNotes = shown.includes('note');
  const wanted = rows.filter(({ has_note }) => hasIds || (hasNotes && has_note)).map(({ no }) => no);
  const key = wanted.join();
  useEffect(() => {
    if (key === '') return;
    let stale = false;
    const timer = setTimeout(() => {
      client.storedFields(key.split(',').map(Number)).then(
        (read) => stale || setFields(read),
        // Data that cannot be read are said by the list itself.
        () => undefined,
      );
    }, REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, key, revision]);
  const value = useMemo(() => ({ fields, runNames: new Map(runs?.map(({ id, name }) => [id, name])) }), [fields, runs]);
  return <Stored value={value}>{children}</Stored>;
}

export function useStoredFields(no: number): StoredFields | undefined {
  return useContext(Stored).fields.get(no);
}

/** undefined: the run is not known here, or not yet. */
export function useRunName(id: string): string | undefined {
  return useContext(Stored).runNames.get(id);
}
