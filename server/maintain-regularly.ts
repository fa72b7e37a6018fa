import { keepTidy } from './db/keep-tidy.ts';
import { purge } from './db/purge.ts';
import type { Deps } from './deps.ts';
import { errorFacts } from './log.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Often, because a run can make a small table large within a minute; looking takes about a millisecond. */
const TIDY_MS = 3000;

/**
 * From now on: purges old tombstones and results every hour, and keeps an embedded database tidy.
 * Returns the end of it, which waits for the statement in hand.
 */
export function maintainRegularly({
  database,
  clock,
  log,
}: Pick<Deps, 'database' | 'clock' | 'log'>): () => Promise<void> {
  const { db, engine } = database;
  let stopping = false;
  const ends = [every(HOUR_MS, () => purge(db, clock(), { goOn: () => !stopping, log }), 'The purge failed')];
  if (engine === 'pglite') ends.push(every(TIDY_MS, () => keepTidy(db), 'The database could not be tidied'));
  return async () => {
    stopping = true;
    await Promise.all(ends.map((end) => end()));
  };

  function every(ms: number, work: () => Promise<unknown>, failure: string): () => Promise<void> {
    let running: Promise<unknown> | null = null;
    const run = () => {
      running ??= work()
        .catch((error: unknown) => log('warning', failure, errorFacts(error)))
        .finally(() => (running = null));
    };
    // At once as well: a server that is on for an hour a day would never get to it.
    run();
    const timer = setInterval(run, ms);
    return async () => {
      clearInterval(timer);
      await running;
    };
  }
}
