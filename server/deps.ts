import type { Auth } from './auth/auth.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/open-database.ts';
import type { ServerSettings } from './db/server-settings.ts';
import type { LiveHub } from './live/hub.ts';
import type { Log } from './log.ts';

/** What routes and workers are given. One set per process, made in server/start.ts. */
export interface Deps {
  readonly database: Database;
  readonly auth: Auth;
  readonly hub: LiveHub;
  readonly clock: Clock;
  readonly settings: ServerSettings;
  readonly log: Log;
  /** Number of the newest migration applied. */
  readonly schema: number;
}
