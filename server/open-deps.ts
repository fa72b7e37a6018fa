import { createAuth } from './auth/auth.ts';
import type { Clock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import type { DatabaseOptions } from './db/open-database.ts';
import { openDatabase } from './db/open-database.ts';
import { loadServerSettings } from './db/server-settings.ts';
import type { Deps } from './deps.ts';
import { databaseWire } from './live/database-wire.ts';
import { createHub } from './live/hub.ts';
import { errorFacts, type Log } from './log.ts';

/** Opens and migrates the database and builds what everything else is given. `close` ends it all. */
export async function openDeps(
  options: DatabaseOptions,
  clock: Clock,
  log: Log,
): Promise<Deps & { close(): Promise<void> }> {
  const onError = (error: unknown): void => log('warning', 'The database connection failed', errorFacts(error));
  const database = await openDatabase({ ...options, onError });
  try {
    const schema = await migrate(database);
    const settings = await loadServerSettings(database.db);
    const auth = createAuth(database.db, settings.authSecret, log);
    const hub = await createHub(databaseWire(database, onError));
    const close = async (): Promise<void> => {
      await hub.close();
      await database.close();
    };
    return { database, auth, hub, clock, settings, log, schema, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
