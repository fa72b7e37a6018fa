import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly hear: (payload: string) => void;
  /** After the connection was lost and is back: what was told meanwhile is lost. */
  readonly onReopened: () => void;
  readonly onError: (error: unknown) => void;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

/**
 * Hears `NOTIFY channel` on a connection of its own, which is opened again whenever it is lost. Throws
 * when it cannot be opened at first. Returns the end of it.
 */
export async function keepListening(options: ListenOptions): Promise<() => Promise<void>> {
  const ended = new AbortController();
  let client = await open();
  let reopening: Promise<void> | null = null;

  async function open(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: options.url, keepAlive: true });
    fresh.on('error', options.onError);
    fresh.on('notification', ({ payload }) => options.hear(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${fresh.escapeIdentifier(options.channel)}`);
    } catch (error) {
      await fresh.end();
      throw error;
    }
    fresh.once('end', () => {
      if (!ended.signal.aborted) reopening = reopen();
    });
    return fresh;
  }

  async function reopen(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !ended.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        // With jitter, so that all processes of a team do not come back at once.
        await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal: ended.signal });
        client = await open();
        if (!ended.signal.aborted) options.onReopened();
        return;
      } catch (error) {
        if (!ended.signal.aborted) options.onError(error);
      }
    }
  }

  return async () => {
    ended.abort();
    await reopening;
    await client.end();
  };
}
