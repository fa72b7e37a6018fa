import { browser } from 'wxt/browser';
import type { Connection } from '#lib/store/types.ts';

const KEY = 'connection';

/** What this browser was connected to, kept apart from its databases. */
export interface ConnectionNote {
  write(connection: Connection | null): Promise<void>;
  read(): Promise<Connection | null>;
}

/**
 * The note in `storage.local`, without the token: browsers drop all databases of an extension at once
 * (a damaged disk, for one), and would leave nobody who knows that there was anything.
 */
export const connectionNote: ConnectionNote = {
  write: (connection) =>
    connection === null
      ? browser.storage.local.remove(KEY)
      : browser.storage.local.set({ [KEY]: { ...connection, token: null } }),
  async read() {
    const stored = await browser.storage.local.get(KEY);
    // Written by `write` alone.
    return (stored[KEY] as Connection | undefined) ?? null;
  },
};
