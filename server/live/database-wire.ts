import { sql } from 'kysely';
import type { Database } from '#server/db/open-database.ts';
import type { LiveWire } from './hub.ts';

const CHANNEL = 'sellerdex_live';

/** LISTEN/NOTIFY of the database, or undefined on the embedded one. */
export function databaseWire(database: Database, onError: (error: unknown) => void): LiveWire | undefined {
  const { db, listen } = database;
  if (listen === null) return undefined;
  return {
    send: async (payload) => {
      await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db);
    },
    listen: (hear) => listen(CHANNEL, hear),
    onError,
  };
}
