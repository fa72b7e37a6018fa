import { sql } from 'kysely';
import { purge } from './db/purge.ts';
import type { Deps } from './deps.ts';
import { errorFacts } from './log.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Every hour from now on: purges old tombstones and results, refreshes statistics. Returns the end of it. */
export function maintainRegularly(deps: Pick<Deps, 'database' | 'clock' | 'log'>): () => void {
  const timer = setInterval(() => {
    maintain(deps).catch((error: unknown) => deps.log('warning', 'The hourly maintenance failed', errorFacts(error)));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function maintain({ database, clock }: Pick<Deps, 'database' | 'clock'>): Promise<void> {
  await purge(database.db, clock());
  // A server of PostgreSQL does this by itself; the embedded one has no process for it.
  if (database.engine === 'pglite') await sql`analyze`.execute(database.db);
}
