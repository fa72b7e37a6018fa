import { inOrg, inSystem } from '#server/db/in-org.ts';
import { startDueSchedules } from '#server/plans/start-due-schedules.ts';
import { startWaitingRun } from '#server/plans/start-waiting-run.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { failHalfMade, isHalfMade, recoverRun } from './recover-run.ts';
import { resumeRenewed } from './resume-renewed.ts';
import type { EngineOptions, RunDeps } from './run-deps.ts';
import { driverOwner } from './run-deps.ts';
import type { RunDriver } from './run-driver.ts';
import { createRunDriver } from './run-driver.ts';
import { loadRun } from './run.ts';
import type { OpenRun } from './sql/find-open-runs.ts';
import { findOpenRuns } from './sql/find-open-runs.ts';

export interface RunEngine {
  /** Takes back what a dead process of this name had in work, then works until stopped. */
  start(): Promise<void>;
  /** A run was started or resumed: look now. */
  wake(): void;
  /** A run was paused or cancelled: its searches here stop now, not at the next tick. */
  check(run: Pick<OpenRun, 'org_id' | 'id'>): Promise<void>;
  /** Gives back everything in hand and ends. */
  stop(): Promise<void>;
}

/** Ids are made by clients, so two workspaces may have the same. */
const keyOf = ({ org_id, id }: Pick<OpenRun, 'org_id' | 'id'>): string => `${org_id}/${id}`;

/** Works on the running runs of all workspaces; any number of processes may do so at once. */
export function createRunEngine(deps: RunDeps, options: EngineOptions): RunEngine {
  const drivers = new Map<string, RunDriver>();
  // Paused runs whose last calls are still under way; when such a run is resumed, a new driver begins beside.
  const leaving = new Map<RunDriver, string>();
  const stopping = new AbortController();
  let awake = Promise.withResolvers<void>();
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    for (const run of await inSystem(deps.db, findOpenRuns)) {
      if (stopping.signal.aborted) return;
      await lookAfter(run).catch((error: unknown) => notLookedAfter(run, error));
    }
  }

  async function lookAfter(run: OpenRun): Promise<void> {
    if (isHalfMade(run, deps.clock())) await failHalfMade(deps, run);
    else if (run.status === 'pending' && run.scheduled) {
      if (await startWaitingRun(deps, run)) await drive(run);
    } else if (run.status === 'paused') {
      if (await resumeRenewed(deps, run)) await drive(run);
    } else if (run.status === 'running' && !drivers.has(keyOf(run))) await drive(run);
  }

  /** One that fails keeps no other, of whichever workspace, from its turn, and is tried again. */
  function notLookedAfter(run: OpenRun, error: unknown): void {
    deps.log('error', 'A run could not be looked after.', { run: run.id, ...errorFacts(error) });
  }

  async function drive(open: OpenRun): Promise<void> {
    const { org_id, id } = open;
    const key = keyOf(open);
    const run = await inOrg(deps.db, org_id, (tx) => loadRun(tx, org_id, id, 'read'));
    const driver = createRunDriver(deps, { ...options, owner: driverOwner(options.owner) }, run);
    drivers.set(key, driver);
    driver.leaving.addEventListener('abort', () => {
      leave(key, driver);
      leaving.set(driver, key);
      awake.resolve();
    });
    void driver.done
      .catch((error: unknown) => deps.log('error', 'A run stopped.', { run: id, ...errorFacts(error) }))
      .then(() => {
        leave(key, driver);
        leaving.delete(driver);
      });
  }

  function leave(key: string, driver: RunDriver): void {
    if (drivers.get(key) === driver) drivers.delete(key);
  }

  const allDrivers = (): RunDriver[] => [...drivers.values(), ...leaving.keys()];

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      awake = Promise.withResolvers<void>();
      await startDueSchedules(deps).catch((error: unknown) =>
        deps.log('error', 'Schedules could not be looked for.', errorFacts(error)),
      );
      await look().catch((error: unknown) => deps.log('error', 'Runs could not be looked for.', errorFacts(error)));
      await Promise.race([wait(options.tickMs, stopping.signal).catch(() => undefined), awake.promise]);
    }
  }

  return {
    async start() {
      for (const run of await inSystem(deps.db, findOpenRuns)) {
        await recoverRun(deps, run, options.owner).catch((error: unknown) => notLookedAfter(run, error));
      }
      looking = loop();
    },
    wake: () => awake.resolve(),
    check: async (run) => {
      const wanted = keyOf(run);
      const all = [...drivers, ...[...leaving].map(([driver, key]) => [key, driver] as const)];
      await Promise.all(all.map(([key, driver]) => (key === wanted ? driver.check() : Promise.resolve())));
    },
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(allDrivers().map((driver) => driver.stop()));
    },
  };
}
