import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { Clock } from '#server/clock.ts';
import { inSystem } from '#server/db/in-org.ts';
import type { Db } from '#server/db/open-database.ts';
import { dayIn, nextDayIn } from './provider-day.ts';

export interface DailyLimit {
  /** Id of the source. */
  readonly source: string;
  /** Whatever the provider counts by; only its hash is kept. */
  readonly key: string;
  readonly callsPerDay: number;
  /** Where the provider's day begins at midnight. */
  readonly timeZone: string;
}

const DAYS_KEPT = 30;

/**
 * Counts a call before it is made, over all processes that share the key. Throws `quota` with
 * `resets_at` (epoch milliseconds) when the provider's day has none left; then nothing is counted.
 */
export function createDailyCalls(db: Db, clock: Clock, limit: DailyLimit): () => Promise<void> {
  const { source, callsPerDay, timeZone } = limit;
  const keyHash = createHash('sha256').update(`${source}:${limit.key}`).digest('hex');
  return async () => {
    const now = clock();
    const day = dayIn(timeZone, now);
    const taken = await inSystem(db, async (tx) => {
      const { rows } = await sql<{ calls: number }>`
        insert into provider_calls as counted (source, key_hash, day, calls)
        select ${source}, ${keyHash}, ${day}::date, 1 where ${callsPerDay}::integer > 0
        on conflict (source, key_hash, day) do update set calls = counted.calls + 1
          where counted.calls < ${callsPerDay}
        returning calls`.execute(tx);
      if (rows[0]?.calls === 1)
        await sql`delete from provider_calls where day < ${day}::date - ${DAYS_KEPT}::integer`.execute(tx);
      return rows.length > 0;
    });
    if (!taken) throw quotaError(callsPerDay, nextDayIn(timeZone, now));
  };
}

function quotaError(callsPerDay: number, resetsAt: number): AppError {
  const at = new Date(resetsAt).toISOString().slice(11, 16);
  const calls = new Intl.NumberFormat('en-US').format(callsPerDay);
  return new AppError('quota', {
    message: `The ${calls} calls that the provider allows a day are used up. There are new ones at ${at} UTC.`,
    details: { resets_at: resetsAt, calls_per_day: callsPerDay },
  });
}
