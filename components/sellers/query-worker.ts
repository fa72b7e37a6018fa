import { command } from '#components/shell/command.ts';
import { takeWorker } from './early-worker.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import { createQueryClient } from '#lib/query/query-client.ts';
import type { StartedWorker } from './start-query-worker.ts';

let current: { storeKey: string; worker: StartedWorker; client: QueryClient } | null = null;

/** The query engine of a workspace. It outlives the page of sellers, so that coming back shows rows at once. */
export function queryClientOf(storeKey: string): QueryClient {
  if (current?.storeKey !== storeKey) {
    current?.worker.terminate();
    const worker = takeWorker();
    const client = createQueryClient(worker, storeKey, worker.failed);
    client.onFailure(({ code }) => {
      if (code === 'storage_broken') void mend(client);
    });
    current = { storeKey, worker, client };
  }
  return current.client;
}

let mending = false;

/** Has damaged local data rebuilt, and reads it then. Where nothing is found to be wrong, the list says so and offers to try again. */
async function mend(client: QueryClient): Promise<void> {
  if (mending) return;
  mending = true;
  const { damaged } = await command('storage.check', {}).catch(() => ({ damaged: false }));
  mending = false;
  if (damaged) client.retry();
}
