/** Until when sources that asked to wait are left alone, by every search of this process. */
export interface Throttles {
  /** Nobody calls the source for `ms` from now, or for longer where that was asked before. */
  hold(source: string, ms: number): void;
  /** Milliseconds until the source may be called; 0 when it may. */
  left(source: string): number;
}

export function createThrottles(now: () => number = () => performance.now()): Throttles {
  const opens = new Map<string, number>();
  return {
    hold: (source, ms) => void opens.set(source, Math.max(opens.get(source) ?? 0, now() + ms)),
    left: (source) => Math.max(0, (opens.get(source) ?? 0) - now()),
  };
}
