import { startWorkerEarly } from '#components/sellers/early-worker.ts';
import { parseRoute } from '#components/shell/route.ts';

// The page itself is a chunk of its own, so that what it waits for is read while it is loaded.
if (parseRoute(location.hash).page === 'sellers') startWorkerEarly();
void import('#components/shell/follow-connection.ts').then(({ readConnectionEarly }) => readConnectionEarly());

/** The page, and before it what takes longest to be run of what it is made of: together they would be one long task. */
const parts = [
  () => import('#lib/tables/wire-schemas.ts'),
  () => import('#lib/api/collection-queries.ts'),
  () => import('react-dom/client'),
  () => import('./manager-root.tsx'),
];

async function loadParts(): Promise<void> {
  for (const load of parts) {
    await load();
    await new Promise((resolve) => setTimeout(resolve));
  }
}
void loadParts();
