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

/** The one key of the connection table. */
export const current = 'current';

/** The connection of this browser, or undefined when there is none. Any context may read it. */
export async function readConnection(): Promise<Connection | undefined> {
  return withDevice((device) => device.connection.get(current));
}

// Opened per call: it is read at the start of a context and when the connection changes, not in between.
export async function withDevice<T>(use: (device: DeviceDatabase) => PromiseLike<T>): Promise<T> {
  const device = new DeviceDatabase();
  try {
    return await use(device);
  } finally {
    device.close();
  }
}
