import QueryWorker from '#lib/query/query.worker.ts?worker';

let early: Worker | null = null;

/**
 * To be called before anything else of a page that shows sellers: the query engine reads the local data of the connected
 * workspace while the page's own scripts are still being loaded.
 */
export function startWorkerEarly(): void {
  early = new QueryWorker();
}

/** The worker that was started early, once; after that new ones. */
export function takeWorker(): Worker {
  const worker = early ?? new QueryWorker();
  early = null;
  return worker;
}
