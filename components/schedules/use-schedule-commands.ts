import { usePlanCommands } from '#components/runs/use-plan-commands.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { createSchedule, deleteSchedule, updateSchedule } from '#lib/api/collection-plans.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { Schedule, ScheduleChange, ScheduleRequest } from '#lib/protocol/collection-plans.ts';

/** Makes, changes and deletes schedules. */
export function useScheduleCommands() {
  const { api, connection } = useWorkspace();
  return usePlanCommands<Schedule, ScheduleRequest, ScheduleChange>(queryKeys(connection.store_key).schedules, {
    create: (schedule) => createSchedule(api, schedule),
    update: (id, change) => updateSchedule(api, id, change),
    remove: (id) => deleteSchedule(api, id),
  });
}
