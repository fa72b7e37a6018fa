import type { Api } from '#lib/api/client.ts';
import type { ServerEvent } from '#lib/protocol/events.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Only a person can mend these; the status line says how. */
const final = new Set(['unauthorized', 'protocol_newer', 'protocol_older', 'forbidden']);

interface FollowEventsOptions {
  onEvent: (event: ServerEvent) => void;
  /** Whenever the line stands, because events may have been missed before. */
  onOpen: () => void;
}

/** Follows the server's events until the returned function is called; comes back after every break. */
export function followEvents(api: Pick<Api, 'events'>, { onEvent, onOpen }: FollowEventsOptions): () => void {
  const abort = new AbortController();
  void run();
  return () => abort.abort();

  async function run(): Promise<void> {
    for (let failures = 0; !abort.signal.aborted;) {
      try {
        for await (const event of api.events(abort.signal, onOpen)) {
          failures = 0;
          onEvent(event);
        }
      } catch (thrown) {
        if (final.has(toAppError(thrown).code)) return;
      }
      if (abort.signal.aborted) return;
      await wait(waitMs(failures), abort.signal);
      failures += 1;
    }
  }
}

/** Doubling, with jitter so that a team's browsers do not all come back at once. */
function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
