import { Dexie, type Table } from 'dexie';
import type { NewsKind } from '#lib/domain/run-news.ts';
import type { Connection } from './types.ts';
import { standAside } from './stand-aside.ts';

/** Single values of this browser, by key. */
export interface DeviceValues {
  /** Minutes between two syncs that nothing else asks for. */
  sync_minutes: number;
  /** Kinds of notification that are switched off. */
  silenced: readonly NewsKind[];
  /** Version of the update that waits for the open pages to be closed. */
  update_ready: string;
  /** Manager tabs (`ManagerTab`) that a restart closes, to be opened again once. */
  reopen: { context: string; address: string }[];
  /** The workspace that was disconnected last, until what is to go of its store is deleted. */
  leaving: { store_key: string; unsent: 'keep' | 'discard' };
}

/** What belongs to this browser whatever the account: which server, account and workspace it works with. */
export class DeviceDatabase extends Dexie {
  declare readonly connection: Table<Connection, string>;
  declare readonly values: Table<DeviceValues[keyof DeviceValues], keyof DeviceValues>;

  constructor() {
    super('sellerdex-device', { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({ connection: '' });
    this.version(2).stores({ values: '' });
    standAside(this);
  }
}

/** The one key of the connection table. */
export const current = 'current';

const DEFAULT_SYNC_MINUTES = 5;

/** The connection of this browser, or undefined when there is none. Any context may read it. */
export async function readConnection(): Promise<Connection | undefined> {
  return withDevice((device) => device.connection.get(current));
}

/** Minutes between two syncs that nothing else asks for. */
export async function readSyncMinutes(): Promise<number> {
  return (await readDeviceValue('sync_minutes')) ?? DEFAULT_SYNC_MINUTES;
}

/** Kinds of notification that this browser does not show. */
export async function readSilenced(): Promise<readonly NewsKind[]> {
  return (await readDeviceValue('silenced')) ?? [];
}

/** Whether a newer version of the extension waits for its pages to be closed. */
export async function readUpdateReady(): Promise<boolean> {
  return (await readDeviceValue('update_ready')) !== undefined;
}

export async function readDeviceValue<K extends keyof DeviceValues>(key: K): Promise<DeviceValues[K] | undefined> {
  // The key decides the type of the value: writeDeviceValue alone writes them.
  return withDevice((device) => device.values.get(key)) as Promise<DeviceValues[K] | undefined>;
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
