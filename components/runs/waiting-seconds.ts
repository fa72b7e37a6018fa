import type { RunProgress } from '#lib/protocol/collection.ts';

type Search = Pick<RunProgress['searches'][number], 'state' | 'wait_seconds'>;

/**
 * How long a run stands still because its provider asked for it: until the first of its searches goes on;
 * null while any of them does.
 */
export function waitingSeconds({ searches }: { searches: readonly Search[] }): number | null {
  const busy = searches.filter(({ state }) => state !== 'idle');
  if (busy.length === 0 || busy.some(({ state }) => state !== 'waiting')) return null;
  const seconds = Math.ceil(Math.min(...busy.map(({ wait_seconds: left }) => left ?? 0)));
  return seconds > 0 ? seconds : null;
}
