import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { createSchedule, deleteSchedule, updateSchedule } from '#lib/api/collection-plans.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { Schedule, ScheduleChange, ScheduleRequest } from '#lib/protocol/collection-plans.ts';

/** Makes, changes and deletes schedules; the list at hand follows the answers. */
export function useScheduleCommands() {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const queryKey = queryKeys(connection.store_key).schedules;
  const put = (schedule: Schedule) =>
    queryClient.setQueryData<Schedule[]>(queryKey, (before = []) =>
      [...before.filter(({ id }) => id !== schedule.id), schedule].sort((one, other) =>
        one.name.localeCompare(other.name),
      ),
    );
  const create = useMutation({
    mutationFn: (request: ScheduleRequest) => createSchedule(api, request),
    onSuccess: put,
  });
  const change = useMutation({
    mutationFn: ({ id, change: part }: { id: string; change: ScheduleChange }) => updateSchedule(api, id, part),
    onSuccess: put,
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteSchedule(api, id),
    onSuccess: (_, gone) =>
      queryClient.setQueryData<Schedule[]>(queryKey, (before = []) => before.filter(({ id }) => id !== gone)),
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  return { create, change, remove };
}
