import { startWorkerEarly } from '#components/sellers/early-worker.ts';
import { parseRoute } from '#components/shell/route.ts';

// The page itself is a chunk of its own, so that what it waits for is read while it is loaded.
if (parseRoute(location.hash).page === 'sellers') startWorkerEarly();
void import('#components/shell/follow-connection.ts').then(({ readConnectionEarly }) => readConnectionEarly());
void import('./manager-root.tsx');
