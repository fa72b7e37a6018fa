import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { syncSoon } from '#components/shell/command.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { progressQuery } from '#lib/api/collection-queries.ts';
import type { LiveRun } from '#lib/api/parse-run.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { addSample, type RunSample } from './run-samples.ts';

const MIN_POLL_MS = 100;

interface LiveRunState extends LiveRun {
  /** The server did not answer the last time; what is shown is older. */
  isBehind: boolean;
}

/**
 * A run as it is now: what the local data know, and while it goes on what the server says every
 * `everyMs` (only while the page is visible). Its end is pulled at once.
 */
export function useLiveRun(stored: CollectionRun, everyMs: number): LiveRunState {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const going = !isTerminal(stored.status);
  const { data, isError } = useQuery({
    ...progressQuery(connection.store_key, api, stored.id),
    enabled: going && connection.token !== null,
    refetchInterval: (query) => nextPollMs(query.state, everyMs),
    refetchIntervalInBackground: false,
    staleTime: 0,
  });
  const live = going && data !== undefined ? data : { run: stored, extra: null };
  useEffect(() => {
    if (data === undefined) return;
    const key = queryKeys(connection.store_key).runSamples(stored.id);
    queryClient.setQueryData<readonly RunSample[]>(key, (before = []) => addSample(before, data.run, Date.now()));
  }, [data, queryClient, connection.store_key, stored.id]);
  const ended = going && isTerminal(live.run.status);
  useEffect(() => {
    if (ended) syncSoon();
  }, [ended]);
  return { ...live, isBehind: going && isError };
}

/** Events change the data too, and each change of them starts the interval anew: what counts is the last poll. */
function nextPollMs(
  { data, fetchStatus, errorUpdatedAt }: { data: LiveRun | undefined; fetchStatus: string; errorUpdatedAt: number },
  everyMs: number,
): number | false {
  if (data !== undefined && isTerminal(data.run.status)) return false;
  if (fetchStatus !== 'idle') return everyMs;
  const last = Math.max(data?.askedAt ?? 0, errorUpdatedAt);
  return Math.min(everyMs, Math.max(MIN_POLL_MS, last + everyMs - Date.now()));
}

/** A run as what was asked last about it says, so that a list agrees with the card above it; asks nothing itself. */
export function useKnownRun(stored: CollectionRun): CollectionRun {
  return useKnownLive(stored).run;
}

/** The same with what only the server's answer tells. */
export function useKnownLive(stored: CollectionRun): LiveRunState {
  const { connection } = useWorkspace();
  const { data, isError } = useQuery<LiveRun>({
    queryKey: queryKeys(connection.store_key).progress(stored.id),
    queryFn: skipToken,
  });
  if (isTerminal(stored.status) || data === undefined) return { run: stored, extra: null, isBehind: false };
  return { ...data, isBehind: isError };
}

/** How the run's figures have grown while this page was open. */
export function useRunSamples(runId: string): readonly RunSample[] {
  const { connection } = useWorkspace();
  const { data = [] } = useQuery<readonly RunSample[]>({
    queryKey: queryKeys(connection.store_key).runSamples(runId),
    queryFn: skipToken,
  });
  return data;
}
