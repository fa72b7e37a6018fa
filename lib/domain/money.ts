/** Millionths of a dollar to cents, rounded up: a cost is never shown smaller than it is. */
export function microusdToCents(microusd: number): number {
  return Math.ceil(microusd / 10_000);
}
