import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { CalendarClock, Plus } from '#components/ui/icons.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { schedulesQuery } from '#lib/api/collection-queries.ts';
import type { Schedule } from '#lib/protocol/collection-plans.ts';
import { ScheduleCard } from './schedule-card.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';

/** The schedules of a workspace live on its server; runs that they start are asked for this often. */
const EVERY_MS = 60_000;

/** Runs that start by themselves. */
export function SchedulesView() {
  const { api, connection } = useWorkspace();
  /** What the dialog is about stays while it fades out. */
  const [dialog, setDialog] = useState<{ open: boolean; schedule: Schedule | null }>({ open: false, schedule: null });
  const mayCreate = usePermission('runs.start');
  const schedules = useQuery({
    ...schedulesQuery(connection.store_key, api),
    enabled: connection.token !== null,
    refetchInterval: EVERY_MS,
  });
  const create =
    mayCreate === false ? (
      <p className="text-[13px] text-muted">Your role cannot start runs, and so makes no schedules.</p>
    ) : (
      <Button onClick={() => setDialog({ open: true, schedule: null })}>
        <Plus aria-hidden="true" />
        New schedule
      </Button>
    );
  return (
    <div className="h-full overflow-auto">
      {schedules.isError && (
        <div role="alert" className="flex items-center gap-3 border-b border-line px-3 py-2 text-danger">
          <span className="min-w-0 flex-1">{errorWords(schedules.error)}</span>
          <Button size="sm" disabled={schedules.isFetching} onClick={() => void schedules.refetch()}>
            Try again
          </Button>
        </div>
      )}
      {schedules.isPending && connection.token !== null && (
        <div className="grid gap-6 p-4">
          {[0, 1, 2].map((at) => (
            <Skeleton key={at} className="w-2/3" />
          ))}
        </div>
      )}
      {connection.token === null && <p className="p-4 text-muted">Sign in again to see the schedules.</p>}
      {schedules.data?.length === 0 && (
        <EmptyState icon={<CalendarClock />} title="No schedules yet" actions={create}>
          A schedule starts the same run every day, week or month, also while nobody’s browser is open.
        </EmptyState>
      )}
      {schedules.data !== undefined && schedules.data.length > 0 && (
        <>
          <div className="flex max-w-4xl justify-end px-3 pt-3">{create}</div>
          <ul aria-label="Schedules" className="grid max-w-4xl grid-cols-1 gap-3 p-3">
            {schedules.data.map((schedule) => (
              <ScheduleCard key={schedule.id} schedule={schedule} onEdit={() => setDialog({ open: true, schedule })} />
            ))}
          </ul>
        </>
      )}
      <ScheduleDialog {...dialog} onOpenChange={(open) => setDialog((before) => ({ ...before, open }))} />
    </div>
  );
}
