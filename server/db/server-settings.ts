import { randomBytes } from 'node:crypto';
import type { Db } from './open-database.ts';

export interface ServerSettings {
  /** Signs cursors. */
  readonly cursorSecret: string;
  /** Signs sessions. */
  readonly authSecret: string;
}

/** The secrets of this database, made at the first start. */
export async function loadServerSettings(db: Db): Promise<ServerSettings> {
  await db
    .insertInto('server_settings')
    .values([
      { key: 'cursor_secret', value: secret() },
      { key: 'auth_secret', value: secret() },
    ])
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const rows = await db.selectFrom('server_settings').selectAll().execute();
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  const get = (key: string): string => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`The database has no ${key}.`);
    return value;
  };
  return { cursorSecret: get('cursor_secret'), authSecret: get('auth_secret') };
}

/** Begins a new epoch: every cursor given before answers `cursor_expired` from now on, in servers that run too. */
export async function beginEpoch(db: Db): Promise<void> {
  await db.updateTable('database_epoch').set({ id: crypto.randomUUID() }).execute();
}

const secret = (): string => randomBytes(32).toString('base64url');
