import { isTerminal } from '#lib/domain/run.ts';
import type { RunStatus } from '#lib/domain/run.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { advanceRun } from './advance-run.ts';
import { processUnit } from './process-unit.ts';
import { releaseUnit } from './settle-failure.ts';
import { refreshRun } from './refresh-run.ts';
import type { EngineOptions, RunDeps } from './run-deps.ts';
import type { Run } from './run.ts';
import { callPrices, loadRun } from './run.ts';
import { claimUnit } from './sql/claim-unit.ts';
import { renewLeases } from './sql/renew-leases.ts';
import { takeBackUnits } from './sql/take-back-units.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

/** This process's share in one run. */
export interface RunDriver {
  /** Resolves when this process has nothing in hand of the run any more. */
  readonly done: Promise<void>;
  /** Looks at the run's state now, not at the next tick. */
  check(): Promise<void>;
  /** Drops calls in flight, gives their units back and ends. */
  stop(): Promise<void>;
}

// How long a search without work looks away: others may still find products or fail.
const IDLE_MS = 250;
// Leases of this process are renewed as long as it drives the run, so a unit cut off must be given back by hand.
const RELEASE_TRIES = 5;

export function createRunDriver(deps: RunDeps, options: EngineOptions, run: Run): RunDriver {
  const calls = new AbortController();
  const waits = new AbortController();
  const warned = new Set<string>();
  const ids = { orgId: run.org_id, runId: run.id };

  function obey(status: RunStatus): void {
    if (isTerminal(status)) calls.abort();
    if (status !== 'running') waits.abort();
  }

  async function check(): Promise<void> {
    const { status } = await inOrg(deps.db, run.org_id, (tx) => loadRun(tx, run.org_id, run.id, 'read'));
    obey(status);
  }

  async function tick(): Promise<void> {
    await inOrg(deps.db, run.org_id, async (tx) => {
      const { status } = await loadRun(tx, run.org_id, run.id, 'lock');
      obey(status);
      await renewLeases(tx, ids, options.owner, options.leaseMs);
      await takeBackUnits(tx, ids, 'expired');
    });
    await refreshRun(deps, run.org_id, run.id);
  }

  /** Renews leases and figures until the searches have ended; one failure (a lost connection) is not the end. */
  async function keepAlive(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await tick().catch((error: unknown) => deps.log('error', 'A run could not be kept alive.', errorFacts(error)));
      await wait(options.tickMs, ended).catch(() => undefined);
    }
  }

  async function claim(slot: number): Promise<Unit | 'none' | 'stopped'> {
    return inOrg(deps.db, run.org_id, async (tx) => {
      // Locked, so that processes claiming together do not exceed the run's parallel searches.
      const { status, phase, settings } = await loadRun(tx, run.org_id, run.id, 'lock');
      if (status !== 'running') return 'stopped';
      const kind = phase === 'amazon' ? 'category' : 'product';
      const { owner, leaseMs } = options;
      return (await claimUnit(tx, { ...ids, kind, owner, slot, leaseMs, parallel: settings.parallel })) ?? 'none';
    });
  }

  /** An error of the database itself, not of the search: the unit goes back, for this or another process. */
  async function workOn(worker: Worker, unit: Unit): Promise<void> {
    try {
      await processUnit(worker, unit);
    } catch (thrown) {
      deps.log('error', 'A search was cut off.', { run: run.id, unit: unit.key, ...errorFacts(thrown) });
      await giveBack(worker, unit, RELEASE_TRIES);
    }
  }

  async function giveBack(worker: Worker, unit: Unit, tries: number): Promise<void> {
    try {
      await releaseUnit(worker, unit, unit.next_page);
    } catch (thrown) {
      if (tries <= 1) throw thrown;
      await wait(options.tickMs, waits.signal).catch(() => undefined);
      await giveBack(worker, unit, tries - 1);
    }
  }

  async function search(slot: number): Promise<void> {
    const worker: Worker = {
      deps,
      options,
      run,
      prices: callPrices(run),
      slot,
      warned,
      calls: calls.signal,
      waits: waits.signal,
    };
    while (!waits.signal.aborted) {
      const unit = await claim(slot);
      if (unit === 'stopped') return;
      if (unit !== 'none') await workOn(worker, unit);
      else if ((await advanceRun(deps, run.org_id, run.id)) === 'ended') return;
      else await wait(IDLE_MS, waits.signal).catch(() => undefined);
    }
  }

  async function drive(): Promise<void> {
    const ended = new AbortController();
    const alive = keepAlive(ended.signal);
    const slots = Array.from({ length: run.settings.parallel }, (_, slot) => search(slot));
    const results = await Promise.allSettled(slots);
    ended.abort();
    await alive;
    for (const result of results) {
      if (result.status === 'rejected')
        deps.log('error', 'A search stopped.', { run: run.id, ...errorFacts(result.reason) });
    }
    await refreshRun(deps, run.org_id, run.id);
  }

  const done = drive();
  return {
    done,
    check,
    stop: async () => {
      calls.abort();
      waits.abort();
      await done;
    },
  };
}
