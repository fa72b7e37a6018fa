import { startWorkerEarly } from '#components/sellers/early-worker.ts';
import { parseRoute } from '#components/shell/route.ts';

// The page itself is a chunk of its own, so that this runs before it is loaded.
if (parseRoute(location.hash).page === 'sellers') startWorkerEarly();
void import('./manager-root.tsx');
