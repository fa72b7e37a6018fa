import type { RunProgress } from '#lib/protocol/collection.ts';

type Told = Pick<RunProgress, 'waiting_seconds'> & {
  searches: readonly Pick<RunProgress['searches'][number], 'state'>[];
};

/** How long a run stands still because its provider asked for it: null while any of its searches goes on. */
export function waitingSeconds({ waiting_seconds: seconds, searches }: Told): number | null {
  const busy = searches.filter(({ state }) => state !== 'idle');
  const allWait = busy.length > 0 && busy.every(({ state }) => state === 'waiting');
  return allWait && seconds !== null && seconds > 0 ? Math.ceil(seconds) : null;
}
