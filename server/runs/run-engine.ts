import { sql } from 'kysely';
import { inOrg, inSystem } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { recoverRuns } from './recover-runs.ts';
import type { EngineOptions, RunDeps } from './run-deps.ts';
import type { RunDriver } from './run-driver.ts';
import { createRunDriver } from './run-driver.ts';
import { loadRun } from './run.ts';

export interface RunEngine {
  /** Takes back what a dead process of this name had in work, then works until stopped. */
  start(): Promise<void>;
  /** A run was started or resumed: look now. */
  wake(): void;
  /** A run was paused or cancelled: its searches here stop now, not at the next tick. */
  check(runId: string): Promise<void>;
  /** Gives back everything in hand and ends. */
  stop(): Promise<void>;
}

/** Works on the running runs of all workspaces; any number of processes may do so at once. */
export function createRunEngine(deps: RunDeps, options: EngineOptions): RunEngine {
  const drivers = new Map<string, RunDriver>();
  const stopping = new AbortController();
  let awake = Promise.withResolvers<void>();
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const running = await inSystem(deps.db, async (tx) => {
      const { rows } = await sql<{ org_id: string; id: string }>`
        select org_id, id from collection_runs where status = 'running' order by created_at`.execute(tx);
      return rows;
    });
    for (const { org_id, id } of running) {
      if (drivers.has(id) || stopping.signal.aborted) continue;
      const run = await inOrg(deps.db, org_id, (tx) => loadRun(tx, org_id, id, 'read'));
      const driver = createRunDriver(deps, options, run);
      drivers.set(id, driver);
      void driver.done
        .catch((error: unknown) => deps.log('error', 'A run stopped.', { run: id, ...errorFacts(error) }))
        .then(() => drivers.delete(id));
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      awake = Promise.withResolvers<void>();
      await look().catch((error: unknown) => deps.log('error', 'Runs could not be looked for.', errorFacts(error)));
      await Promise.race([wait(options.tickMs, stopping.signal).catch(() => undefined), awake.promise]);
    }
  }

  return {
    async start() {
      await recoverRuns(deps, options.owner);
      looking = loop();
    },
    wake: () => awake.resolve(),
    check: async (runId) => drivers.get(runId)?.check(),
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all([...drivers.values()].map((driver) => driver.stop()));
    },
  };
}
