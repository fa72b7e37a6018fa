import { useState } from 'react';
import { toast } from 'sonner';
import { settingsLine } from '#components/runs/settings-words.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { routeHash } from '#components/shell/route.ts';
import { useMayChange } from '#components/shell/use-permission.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { count } from '#components/ui/format.ts';
import { CircleAlert, Pause, Pencil, Play, Trash2 } from '#components/ui/icons.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Schedule } from '#lib/protocol/collection-plans.ts';
import { cronWords } from './cron-choice.ts';
import { useScheduleCommands } from './use-schedule-commands.ts';

const moment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  // As the schedule itself is told: “Every Tuesday at 04:30”.
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const ownZone = moment.resolvedOptions().timeZone;

/** One schedule: when, what, when next, and what went wrong the last time. */
export function ScheduleCard({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const { name, active } = schedule;
  const mayChange = useMayChange(schedule.created_by, 'runs.manage');
  return (
    <li className="grid gap-2 rounded-md border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="min-w-32 flex-1 truncate font-semibold max-sm:basis-full" title={name}>
          {name}
        </h2>
        <Badge tone={active ? 'accent' : 'neutral'}>{active ? 'Active' : 'Paused'}</Badge>
        {mayChange === true && <ScheduleButtons schedule={schedule} onEdit={onEdit} />}
        {mayChange === false && (
          <span className="text-[13px] text-muted">A colleague’s: they or an owner can change it.</span>
        )}
      </div>
      <p className="text-[13px]">
        {cronWords(schedule.cron)} <span className="text-muted">({schedule.time_zone})</span>
      </p>
      <p className="truncate text-[13px] text-muted" title={settingsLine(schedule.settings)}>
        {count(schedule.category_ids.length, 'category', 'categories')} · {settingsLine(schedule.settings)}
      </p>
      <p className="text-[13px] text-muted empty:hidden">
        {schedule.next_run_at !== null && (
          <>
            Next <span className="text-foreground">{moment.format(Date.parse(schedule.next_run_at))}</span>
            {schedule.time_zone !== ownZone && ' your time'}
            {' · '}
            <RelativeTime at={Date.parse(schedule.next_run_at)} />
          </>
        )}
        {active && schedule.next_run_at === null && 'No further time in this expression'}
        {schedule.last_started_at !== null && (
          <>
            {schedule.next_run_at !== null && ' · '}
            {schedule.last_run_id === null ? (
              'Last '
            ) : (
              <a href={routeHash('runs', { run: schedule.last_run_id })} className="text-accent hover:underline">
                Last run
              </a>
            )}{' '}
            <RelativeTime at={Date.parse(schedule.last_started_at)} />
          </>
        )}
      </p>
      {schedule.last_problem !== null && (
        <p className="flex items-start gap-1.5 text-[13px] text-warning">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere">It made no run the last time: {schedule.last_problem}</span>
        </p>
      )}
    </li>
  );
}

function ScheduleButtons({ schedule: { id, name, active }, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const [asking, setAsking] = useState(false);
  const { change, remove } = useScheduleCommands();
  const busy = change.isPending || remove.isPending;
  if (asking) {
    return (
      <div role="group" aria-label={`Delete ${name}`} className="flex items-center gap-2">
        <span className="text-[13px]">Its runs stay.</span>
        <Button size="sm" variant="danger" disabled={busy} onClick={() => remove.mutate(id)}>
          Yes, delete
        </Button>
        <Button size="sm" autoFocus onClick={() => setAsking(false)}>
          Keep
        </Button>
      </div>
    );
  }
  const turn = () =>
    change.mutate({ id, change: { active: !active } }, { onError: (thrown) => toast.error(errorWords(thrown)) });
  return (
    <div className="flex items-center gap-1">
      <Button size="sm" disabled={busy} aria-label={`${active ? 'Pause' : 'Resume'} ${name}`} onClick={turn}>
        {active ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        {active ? 'Pause' : 'Resume'}
      </Button>
      <Button size="icon" variant="ghost" disabled={busy} aria-label={`Edit ${name}`} title="Edit" onClick={onEdit}>
        <Pencil aria-hidden="true" />
      </Button>
      <Button
        size="icon"
        variant="ghost"
        disabled={busy}
        aria-label={`Delete ${name}`}
        title="Delete"
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}
