import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { ServerEvent } from '#lib/protocol/events.ts';

export type RunLine = Extract<ServerEvent, { event: 'activity' }>['data'];

const KEPT = 100;

/** Keeps the latest lines of a run's live feed, newest first; they are stored nowhere else. */
export function addRunLine(queryClient: QueryClient, workspace: string, line: RunLine): void {
  const queryKey = queryKeys(workspace).runActivity(line.run_id);
  queryClient.setQueryData<RunLine[]>(queryKey, (before = []) => [line, ...before].slice(0, KEPT));
}
