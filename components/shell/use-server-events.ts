import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { addFoundSellers } from '#components/runs/found-sellers.ts';
import { addRunLine } from '#components/runs/run-lines.ts';
import { type LiveRun, parseRun } from '#lib/api/parse-run.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { ServerEvent } from '#lib/protocol/events.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { syncSoon } from './command.ts';
import { followEvents } from './follow-events.ts';
import { useSession } from './session.ts';

interface ServerEventsOptions {
  /** Off: there is no line to the server. */
  active: boolean;
  /**
   * Whether events bring a run's state. Not where it is polled: each piece of data starts the interval of
   * polls anew, so events that come twice a second would put the next poll off for ever.
   */
  runs: boolean;
}

/** Has the worker pull on hints, and shows what runs do without asking for it. */
export function useServerEvents({ active, runs }: ServerEventsOptions): void {
  const { workspace } = useSession();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!active || workspace === null || workspace.connection.token === null) return;
    const key = workspace.connection.store_key;
    addEventListener('online', syncSoon);
    const unfollow = followEvents(workspace.api, {
      onEvent: (event) => {
        take(queryClient, key, event);
        if (runs && event.event === 'run') takeRun(queryClient, key, event.data);
      },
      onOpen: syncSoon,
    });
    return () => {
      removeEventListener('online', syncSoon);
      unfollow();
    };
  }, [active, runs, workspace, queryClient]);
}

function take(queryClient: QueryClient, workspace: string, event: ServerEvent): void {
  if (event.event === 'change' || event.event === 'run') syncSoon();
  if (event.event === 'notice') toast.info(event.data.text);
  if (event.event === 'sellers') addFoundSellers(queryClient, workspace, event.data.run_id, event.data.items);
  if (event.event === 'activity') addRunLine(queryClient, workspace, event.data);
}

function takeRun(queryClient: QueryClient, workspace: string, data: Record<string, unknown>): void {
  // A hint of another shape is no reason to lose the line.
  if (!rowSchema(collectionRuns).safeParse(data).success) return;
  const { run, extra } = parseRun(data);
  queryClient.setQueryData<LiveRun>(queryKeys(workspace).progress(run.id), (before) => ({
    run,
    extra: extra ?? before?.extra ?? null,
    askedAt: before?.askedAt ?? 0,
  }));
}
