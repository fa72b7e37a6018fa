import { useMutation, useQueryClient } from '@tanstack/react-query';
import { syncSoon } from '#components/shell/command.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { parseRun } from '#lib/api/parse-run.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { changeRun } from '#lib/api/collection.ts';

/** Pauses, resumes or cancels a run; the answer is shown at once and the local data follow. */
export function useRunCommand(runId: string) {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const keys = queryKeys(connection.store_key);
  return useMutation({
    mutationFn: ({ action, cap }: { action: 'pause' | 'resume' | 'cancel'; cap?: number }) =>
      changeRun(api, runId, action, cap === undefined ? {} : { budget_cap_cents: cap }),
    onSuccess: (answer) => {
      queryClient.setQueryData(keys.progress(runId), parseRun(answer));
      syncSoon();
    },
    // A refusal means that this page knew an older state.
    onError: () => queryClient.invalidateQueries({ queryKey: keys.run(runId) }),
  });
}
