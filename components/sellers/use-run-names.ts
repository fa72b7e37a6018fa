import { useMemo } from 'react';
import { readRuns } from '#components/runs/read-runs.ts';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import type { RunNames } from './filter-words.ts';

/** Names of the runs of the local data, newest first. */
export function useRunNames(): RunNames {
  const { value } = useStoreRead(readRuns);
  return useMemo(() => new Map((value ?? []).map(({ id, name }) => [id, name])), [value]);
}
