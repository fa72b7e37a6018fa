import { current, withDevice } from './device-database.ts';
import type { Connection } from './types.ts';

// Background only: pages read the connection, and reach none of this.

export async function writeConnection(connection: Connection): Promise<void> {
  await withDevice((device) => device.connection.put(connection, current));
}

/**
 * The server refused this token: it is forgotten, unless the browser has been disconnected or connected
 * anew meanwhile. Resolves to whether it was.
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

/** What is to go of the store is noted in the same step, for `finishLeaving`. */
export async function forgetConnection(unsent: 'keep' | 'discard'): Promise<void> {
  await withDevice((device) =>
    device.transaction('rw', device.connection, device.values, async () => {
      const stored = await device.connection.get(current);
      if (stored === undefined) return;
      await device.values.put({ store_key: stored.store_key, unsent }, 'leaving');
      await device.connection.delete(current);
    }),
  );
}
