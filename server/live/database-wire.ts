import { sql } from 'kysely';
import { inSystem } from '#server/db/in-org.ts';
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
    listen: (hear, onReopened) => listen({ channel: CHANNEL, hear, onReopened }),
    readVersions: async (orgIds) => {
      const rows = await inSystem(db, (tx) =>
        tx
          .selectFrom('counters')
          .select(['org_id', 'value'])
          .where('name', '=', 'version')
          .where('org_id', 'in', orgIds)
          .execute(),
      );
      return new Map(rows.map(({ org_id, value }) => [org_id, value]));
    },
    onError,
  };
}
