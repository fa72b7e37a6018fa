const DAY_MS = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** Ten years of them. */
const KEPT_DAYS = 3653;

/** Writes times (epoch milliseconds) as `Date.toISOString` does, which is asked once a day: in a quarter of its time. */
export function createIsoTime(): (time: number) => string {
  const dates = new Map<number, string>();
  function dateOf(day: number): string {
    const known = dates.get(day);
    if (known !== undefined) return known;
    if (dates.size >= KEPT_DAYS) dates.clear();
    const date = new Date(day * DAY_MS).toISOString().slice(0, -13);
    dates.set(day, date);
    return date;
  }
  return (time) => {
    const day = Math.floor(time / DAY_MS);
    const ms = time - day * DAY_MS;
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    const thousandths = ms - seconds * 1000;
    const rest = thousandths < 10 ? `00${thousandths}` : thousandths < 100 ? `0${thousandths}` : String(thousandths);
    return `${dateOf(day)}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${rest}Z`;
  };
}
