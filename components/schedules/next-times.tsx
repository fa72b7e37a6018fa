import { useMemo } from 'react';
import { nextTimes } from '#lib/domain/next-times.ts';
import { cronWords } from './cron-choice.ts';

const SHOWN = 3;

/** When a schedule would start its next runs, by the clock of its zone. */
export function NextTimes({ cron, timeZone }: { cron: string; timeZone: string }) {
  const times = useMemo(() => readTimes(cron, timeZone), [cron, timeZone]);
  return (
    <section aria-label="Next times" aria-live="polite" className="text-[13px]">
      {times === null || times.length === 0 ? (
        <p className="text-muted">
          {times === null ? 'The expression cannot be read yet.' : 'The expression names no time at all.'}
        </p>
      ) : (
        <>
          <p className="text-muted">{cronWords(cron)}, next on</p>
          <ul>
            {times.map((time) => (
              <li key={time}>{time}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Null when the expression cannot be read. */
function readTimes(cron: string, timeZone: string): string[] | null {
  // The server takes these five fields alone, and no words such as @daily.
  if (cron.trim().split(/\s+/u).length !== 5) return null;
  try {
    const moment = new Intl.DateTimeFormat(undefined, {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      // As the schedule itself is told: “Every Tuesday at 04:30”.
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    });
    return nextTimes(cron, timeZone, Date.now(), SHOWN).map((at) => moment.format(at));
  } catch {
    return null;
  }
}
