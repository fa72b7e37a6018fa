/** What the program takes for now, in epoch milliseconds. */
export type Clock = () => number;

/** The computer's clock, or one that begins at the given ISO time and runs on (for rules of days). */
export function createClock(start?: string): Clock {
  if (start === undefined || start === '') return Date.now;
  const at = Date.parse(start);
  if (Number.isNaN(at)) throw new Error(`SELLERDEX_CLOCK is not a time: ${start}`);
  const offset = at - Date.now();
  return () => Date.now() + offset;
}
