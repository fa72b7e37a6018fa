import { sql } from 'kysely';
import type { Db } from './open-database.ts';

/**
 * What autovacuum does on a PostgreSQL server, with its thresholds: the embedded database has no
 * process for it, and without statistics the planner takes the wrong index (one edit among 30,000
 * sellers: 150 ms instead of 3). Returns the tables that were done.
 */
export async function keepTidy(db: Db): Promise<string[]> {
  // Counts are written at most once a second otherwise, with the next statement.
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ name: string; dead: boolean }>`
    select relname as name, n_dead_tup > 1000 + 0.2 * n_live_tup as dead
    from pg_stat_user_tables
    where n_mod_since_analyze > 50 + 0.1 * n_live_tup or n_dead_tup > 1000 + 0.2 * n_live_tup`.execute(db);
  for (const { name, dead } of rows) {
    await (dead ? sql`vacuum (analyze) ${sql.table(name)}` : sql`analyze ${sql.table(name)}`).execute(db);
  }
  return rows.map(({ name }) => name);
}
