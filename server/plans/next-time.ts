import { Cron } from 'croner';
import { invalid } from '#server/runs/plan-run.ts';

/**
 * The first time after `after` that the expression names, in epoch milliseconds; null when there is none.
 * Five fields, read by the clock of the zone. A time that the clock leaps over in spring counts as the
 * end of the leap; one that comes twice in autumn counts once, unless the expression names every hour.
 */
export function nextTime(cron: string, timeZone: string, after: number): number | null {
  return parse(cron, timeZone).nextRun(new Date(after))?.getTime() ?? null;
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

function parse(cron: string, timeZone: string): Cron {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
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
