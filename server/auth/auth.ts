import { betterAuth } from 'better-auth';
import { bearer } from 'better-auth/plugins';
import type { Db } from '#server/db/open-database.ts';
import type { Log } from '#server/log.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** Sign-in by email and password with bearer tokens. Accounts are made by the owner's commands, never over HTTP. */
export function createAuth(db: Db, secret: string, log: Log) {
  return betterAuth({
    secret,
    basePath: '/api/auth',
    database: { db, type: 'postgres' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 200 },
    session: { expiresIn: 90 * DAY_SECONDS, updateAge: DAY_SECONDS },
    plugins: [bearer()],
    // Cookies are stripped in both directions (routes/auth.ts), so there is no session that another
    // site's page could ride on, and extension origins differ in every browser profile.
    advanced: { database: { generateId: 'uuid' }, disableCSRFCheck: true, disableOriginCheck: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      disableColors: true,
      log: (level, text) => log(level === 'error' ? 'error' : 'info', text),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
