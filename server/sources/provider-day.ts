const HOUR_MS = 60 * 60 * 1000;

/** The calendar day, as 2026-11-21, that it is at `now` in a time zone. */
export function dayIn(timeZone: string, now: number): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}

/** When the next day begins there, in epoch milliseconds. For zones that are whole hours from UTC. */
export function nextDayIn(timeZone: string, now: number): number {
  const today = dayIn(timeZone, now);
  let at = Math.floor(now / HOUR_MS) * HOUR_MS + HOUR_MS;
  while (dayIn(timeZone, at) === today) at += HOUR_MS;
  return at;
}
