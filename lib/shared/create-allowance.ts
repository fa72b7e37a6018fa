/** So much a second, and at most one second's worth at once. */
export interface Allowance {
  /** What is left now. */
  left(): number;
  /** Takes up to `count` and returns how many it got. */
  take(count: number): number;
}

export function createAllowance(perSecond: number, now: () => number = () => performance.now()): Allowance {
  let left = perSecond;
  let at = now();

  function refill(): void {
    const time = now();
    left = Math.min(perSecond, left + ((time - at) / 1000) * perSecond);
    at = time;
  }

  return {
    left() {
      refill();
      return Math.floor(left);
    },
    take(count) {
      refill();
      const taken = Math.min(count, Math.floor(left));
      left -= taken;
      return taken;
    },
  };
}
