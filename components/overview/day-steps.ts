import { dayOf, endOfDay, startOfDay } from '#components/sellers/days.ts';

/** Steps of time, of whole days by this computer's calendar. */
export interface DaySteps {
  /** The moment before the first of them. */
  readonly before: number;
  /** First and last millisecond of each. */
  readonly steps: readonly { readonly from: number; readonly to: number }[];
}

/** With the moment before, as many as the table behind a chart shows. */
const MOST_STEPS = 23;

/** At most 23 steps of equally many days that end with the day of `last` and begin with that of `first` or before. */
export function daySteps(first: number, last: number): DaySteps {
  const start = startOfDay(dayOf(first)) ?? first;
  const days = dayNumber(last) - dayNumber(first) + 1;
  const length = Math.max(1, Math.ceil(days / MOST_STEPS));
  const count = Math.ceil(days / length);
  const steps = Array.from({ length: count }, (_, at) => {
    const back = (count - at) * length;
    const from = shifted(last, 1 - back);
    return { from, to: endOfDay(dayOf(shifted(from, length - 1))) ?? from };
  });
  return { before: (steps[0]?.from ?? start) - 1, steps };
}

/** Days since the epoch of the calendar's date, whatever the clock does in between. */
function dayNumber(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}

/** First millisecond of the day so many days on. */
function shifted(at: number, days: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + days);
  return date.getTime();
}
