import type { z } from 'zod';
import type { runAnswer } from '#lib/protocol/collection.ts';
import { runsAnswer } from '#lib/protocol/collection.ts';
import type { Api } from './api.ts';
import { waitUntil } from './wait-until.ts';

type Run = z.output<typeof runAnswer>;

/** The newest run, once it has ended. */
export async function waitForRunEnd(server: Api, within = 120_000): Promise<Run> {
  return waitUntil(
    'the run to end',
    async () => {
      const run = (await server.get(runsAnswer, '/collection/runs?limit=1')).runs[0];
      return run !== undefined && ['completed', 'failed', 'cancelled'].includes(run.status) ? run : null;
    },
    within,
  );
}

export async function newestRun(server: Api): Promise<Run | undefined> {
  return (await server.get(runsAnswer, '/collection/runs?limit=1')).runs[0];
}
