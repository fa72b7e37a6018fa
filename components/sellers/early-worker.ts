import QueryWorker from '#lib/query/query.worker.ts?worker';

interface StartedWorker {
  readonly worker: Worker;
  /** Resolved when it could not be started. */
  readonly failed: Promise<void>;
}

let early: StartedWorker | null = null;

/**
 * To be called before anything else of a page that shows sellers: the query engine reads the local data of the connected
 * workspace while the page's own scripts are still being loaded.
 */
export function startWorkerEarly(): void {
  early = startWorker();
}

/** The worker that was started early, once; after that new ones. */
export function takeWorker(): StartedWorker {
  const taken = early ?? startWorker();
  early = null;
  return taken;
}

function startWorker(): StartedWorker {
  const worker = new QueryWorker();
  let isRunning = false;
  worker.addEventListener('message', () => (isRunning = true), { once: true });
  const failed = new Promise<void>((resolve) => {
    worker.addEventListener('error', () => {
      if (!isRunning) resolve();
    });
  });
  return { worker, failed };
}
