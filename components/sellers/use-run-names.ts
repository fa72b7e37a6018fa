import { useMemo } from 'react';
import { readRuns } from '#components/runs/read-runs.ts';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import type { RunNames } from './filter-words.ts';

const readNone = (): Promise<never[]> => Promise.resolve([]);

/** Names of the runs of the local data, newest first; none while they are not `needed`. */
export function useRunNames(needed: boolean): RunNames {
  const { value } = useStoreRead(needed ? readRuns : readNone);
  return useMemo(() => new Map((value ?? []).map(({ id, name }) => [id, name])), [value]);
}
