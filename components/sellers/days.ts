/** The day of a moment by this computer's calendar, as `2026-01-31`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** First millisecond of a day by this computer's calendar, or null when there is no such day. */
export function startOfDay(day: string): number | null {
  const [year, month, date] = parts(day);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date);
  return dayOf(start.getTime()) === day ? start.getTime() : null;
}

/** Last millisecond of a day; days are not all of 24 hours. */
export function endOfDay(day: string): number | null {
  const start = startOfDay(day);
  if (start === null) return null;
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.setHours(0, 0, 0, 0) - 1;
}

// Years of four digits from 1000 on: `Date` takes those below 100 for others.
function parts(day: string): number[] {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(day) ? day.split('-').map(Number) : [];
}
