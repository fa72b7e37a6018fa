import { nextTimes } from '#lib/domain/next-times.ts';
import { invalid } from '#server/runs/plan-run.ts';

/** The first of `nextTimes`; null when there is none. */
export function nextTime(cron: string, timeZone: string, after: number): number | null {
  return nextTimes(cron, timeZone, after, 1)[0] ?? null;
}

/** Throws `invalid_request` with a problem at `cron` or `time_zone`. */
export function checkTimes(cron: string, timeZone: string, now: number): void {
  if (!isTimeZone(timeZone)) {
    throw invalid('time_zone', `There is no time zone “${timeZone}”. Give a name such as Europe/Berlin or UTC.`);
  }
  // The library knows other forms as well: single dates, words such as @daily, seconds and years.
  if (cron.trim().split(/\s+/).length !== 5) {
    throw invalid('cron', 'Five fields are needed: minute, hour, day of the month, month, day of the week.');
  }
  let next: number | null;
  try {
    next = nextTime(cron, timeZone, now);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^\w+: /, '') : String(error);
    throw invalid('cron', `The expression cannot be read: ${reason}`);
  }
  if (next === null) throw invalid('cron', 'There is no such day: the expression names no time at all.');
}

/** Names alone: an offset such as +02:00 knows no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
