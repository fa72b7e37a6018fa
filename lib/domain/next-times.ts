import { Cron } from 'croner';

/**
 * The first times after `after` that the expression names, at most `count`, in epoch milliseconds.
 * Five fields, read by the clock of the zone. A time that the clock leaps over in spring counts as the
 * end of the leap; one that comes twice in autumn counts once, unless the expression names every hour.
 * Throws when the expression or the zone cannot be read.
 */
export function nextTimes(cron: string, timeZone: string, after: number, count: number): number[] {
  const times = new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
  return times.nextRuns(count, new Date(after)).map((at) => at.getTime());
}
