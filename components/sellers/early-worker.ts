import QueryWorker from '#lib/query/query.worker.ts?worker';
import { type StartedWorker, startQueryWorker } from './start-query-worker.ts';

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
  return startQueryWorker(() => new QueryWorker());
}
