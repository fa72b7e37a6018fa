import { purge } from './db/purge.ts';
import type { Deps } from './deps.ts';
import { errorFacts } from './log.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Purges old tombstones and results every hour from now on; returns the end of it. */
export function purgeRegularly({ database, clock, log }: Pick<Deps, 'database' | 'clock' | 'log'>): () => void {
  const timer = setInterval(() => {
    purge(database.db, clock()).catch((error: unknown) => log('warning', 'The purge failed', errorFacts(error)));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
