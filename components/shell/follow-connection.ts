import { readConnection } from '#lib/store/device-database.ts';
import type { Connection } from '#lib/store/types.ts';

/** How soon a sign-in made in another page, or a revoked token, is noticed. */
const LOOK_EVERY_MS = 1000;
const CHANGED = 'sellerdex:connection';

/** Makes this page look at the connection now, because it has just changed it. */
export function lookAtConnection(): void {
  dispatchEvent(new Event(CHANGED));
}

let early: Promise<Connection | undefined> | null = null;

/** To be called by a page that is still being loaded: whoever follows the connection first has it then. */
export function readConnectionEarly(): void {
  early = readConnection();
  early.catch(() => undefined);
}

/** Calls back with the connection of this browser (undefined: none), at once and when it changes. */
export function followConnection(listener: (connection: Connection | undefined) => void): () => void {
  let stopped = false;
  let shown: string | null = null;
  const look = async (): Promise<void> => {
    const reading = early ?? readConnection();
    early = null;
    const connection = await reading;
    const text = JSON.stringify(connection ?? null);
    if (stopped || text === shown) return;
    shown = text;
    listener(connection);
  };
  // The next look makes up for a failed one.
  const lookQuietly = (): void => {
    if (document.visibilityState === 'visible' || shown === null) void look().catch(() => undefined);
  };
  const timer = setInterval(lookQuietly, LOOK_EVERY_MS);
  addEventListener(CHANGED, lookQuietly);
  document.addEventListener('visibilitychange', lookQuietly);
  lookQuietly();
  return () => {
    stopped = true;
    clearInterval(timer);
    removeEventListener(CHANGED, lookQuietly);
    document.removeEventListener('visibilitychange', lookQuietly);
  };
}
