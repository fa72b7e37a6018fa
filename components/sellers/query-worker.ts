import QueryWorker from '#lib/query/query.worker.ts?worker';
import type { QueryClient } from '#lib/query/query-client.ts';
import { createQueryClient } from '#lib/query/query-client.ts';

let current: { storeKey: string; worker: Worker; client: QueryClient } | null = null;

/** The query engine of a workspace. It outlives the page of sellers, so that coming back shows rows at once. */
export function queryClientOf(storeKey: string): QueryClient {
  if (current?.storeKey !== storeKey) {
    current?.worker.terminate();
    const worker = new QueryWorker();
    current = { storeKey, worker, client: createQueryClient(worker, storeKey) };
  }
  return current.client;
}
