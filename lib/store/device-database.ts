import { Dexie, type Table } from 'dexie';
import type { Connection } from './types.ts';

/** What belongs to this browser whatever the account: which server, account and workspace it works with. */
export class DeviceDatabase extends Dexie {
  declare readonly connection: Table<Connection, string>;

  constructor() {
    super('sellerdex-device', { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({ connection: '' });
  }
}

const current = 'current';

/** The connection of this browser, or undefined when there is none. Any context may read it. */
export async function readConnection(): Promise<Connection | undefined> {
  return withDevice((device) => device.connection.get(current));
}

/** Background only. */
export async function writeConnection(connection: Connection): Promise<void> {
  await withDevice((device) => device.connection.put(connection, current));
}

/**
 * The server refused this token: it is forgotten, unless the browser has been disconnected or connected
 * anew meanwhile. Resolves to whether it was. Background only.
 */
export async function forgetToken({ store_key, token }: Connection): Promise<boolean> {
  return withDevice((device) =>
    device.transaction('rw', device.connection, async () => {
      const stored = await device.connection.get(current);
      if (stored === undefined || stored.store_key !== store_key || stored.token !== token) return false;
      await device.connection.put({ ...stored, token: null }, current);
      return true;
    }),
  );
}

/** Background only. Own and base databases of the account stay. */
export async function forgetConnection(): Promise<void> {
  await withDevice((device) => device.connection.delete(current));
}

// Opened per call: it is read at the start of a context and when the connection changes, not in between.
async function withDevice<T>(use: (device: DeviceDatabase) => PromiseLike<T>): Promise<T> {
  const device = new DeviceDatabase();
  try {
    return await use(device);
  } finally {
    device.close();
  }
}
