/** How long a row that a run brought counts as just arrived, in milliseconds. */
export const ARRIVAL_MS = 3000;
/** In which its mark goes after that. */
export const FADE_MS = 150;

/** Rows that came in while the page was open, and when. */
export interface Arrivals {
  add(no: number): void;
  /** Epoch milliseconds, or null. */
  at(no: number): number | null;
}

export function createArrivals(now: () => number): Arrivals {
  const times = new Map<number, number>();
  return {
    add(no) {
      const time = now();
      for (const [old, at] of times) {
        // In order of arrival: the first one still marked ends the sweep.
        if (time - at <= ARRIVAL_MS + FADE_MS) break;
        times.delete(old);
      }
      times.set(no, time);
    },
    at: (no) => times.get(no) ?? null,
  };
}
