import type { FromWorker, Port, ToWorker } from '#lib/query/messages.ts';

export interface StartedWorker extends Port<FromWorker, ToWorker> {
  /** Resolved when it could not be started. */
  readonly failed: Promise<void>;
  terminate(): void;
}

/** A browser that was short of memory for a moment starts the second one. */
const TRIES = 2;

/**
 * A worker of the query engine. One that fails before it has said anything is replaced by another, which is told
 * everything again.
 */
export function startQueryWorker(create: () => Worker): StartedWorker {
  const listeners: ((event: MessageEvent<FromWorker>) => void)[] = [];
  const failed = Promise.withResolvers<void>();
  /** Null once a worker has said something. */
  let told: ToWorker[] | null = [];
  let tries = 0;
  let worker = start();

  function start(): Worker {
    tries += 1;
    const started = create();
    started.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      told = null;
      for (const listener of listeners) listener(event);
    });
    started.addEventListener('error', () => {
      if (told === null || started !== worker) return;
      started.terminate();
      if (tries === TRIES) return failed.resolve();
      worker = start();
      for (const message of told) worker.postMessage(message);
    });
    return started;
  }

  return {
    failed: failed.promise,
    postMessage(message) {
      told?.push(message);
      worker.postMessage(message);
    },
    addEventListener: (_, listener) => void listeners.push(listener),
    terminate: () => worker.terminate(),
  };
}
