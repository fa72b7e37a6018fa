import { useMutation, useQueryClient } from '@tanstack/react-query';
import { syncSoon } from '#components/shell/command.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { startRun } from '#lib/api/collection.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { RunRequest } from '#lib/protocol/collection.ts';

/** Starts a run and has the worker pull it, so that popup and list know it. */
export function useStartRun() {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: RunRequest) => startRun(api, request),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: queryKeys(connection.store_key).estimates });
      syncSoon();
    },
  });
}
