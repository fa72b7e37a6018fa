import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { addFoundSellers } from '#components/runs/found-sellers.ts';
import { addRunLine } from '#components/runs/run-lines.ts';
import { type LiveRun, parseRun } from '#lib/api/parse-run.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { ServerEvent } from '#lib/protocol/events.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { syncSoon } from './command.ts';
import { followEvents } from './follow-events.ts';
import { useSession } from './session.ts';

/** While `active`: has the worker pull on hints, and shows what runs do without asking for it. */
export function useServerEvents(active: boolean): void {
  const { workspace } = useSession();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!active || workspace === null || workspace.connection.token === null) return;
    const key = workspace.connection.store_key;
    return followEvents(workspace.api, {
      onEvent: (event) => take(queryClient, key, event),
      onOpen: syncSoon,
    });
  }, [active, workspace, queryClient]);
}

function take(queryClient: QueryClient, workspace: string, event: ServerEvent): void {
  if (event.event === 'change') syncSoon();
  if (event.event === 'notice') toast.info(event.data.text);
  if (event.event === 'sellers') addFoundSellers(queryClient, workspace, event.data.run_id, event.data.items);
  if (event.event === 'activity') addRunLine(queryClient, workspace, event.data);
  // A hint of another shape is no reason to lose the line.
  if (event.event === 'run' && collectionRuns.schema.safeParse(event.data).success) {
    const live = parseRun(event.data);
    queryClient.setQueryData<LiveRun>(queryKeys(workspace).progress(live.run.id), (before) => ({
      run: live.run,
      extra: live.extra ?? before?.extra ?? null,
    }));
    syncSoon();
  }
}
