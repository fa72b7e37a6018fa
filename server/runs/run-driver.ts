import { isTerminal } from '#lib/domain/run.ts';
import type { RunStatus } from '#lib/domain/run.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { advanceRun } from './advance-run.ts';
import { createAnnouncer } from './announcer.ts';
import { createDesk } from './desk/create-desk.ts';
import { createRefresher } from './refresh-run.ts';
import type { EngineOptions, RunDeps } from './run-deps.ts';
import type { Run } from './run.ts';
import { loadRun } from './run.ts';
import { search } from './search.ts';
import { renewLeases } from './sql/renew-leases.ts';
import { takeBackUnits } from './sql/take-back-units.ts';

/** This process's share in one run, from its start or resumption to its next pause or end. */
export interface RunDriver {
  /** Aborted once it takes nothing new: the run was paused or has ended, or the process stops. */
  readonly leaving: AbortSignal;
  /** Resolves when it has nothing in hand of the run any more. */
  readonly done: Promise<void>;
  /** Looks at the run's state now, not at the next tick. */
  check(): Promise<void>;
  /** Drops calls in flight, gives their units back and ends. */
  stop(): Promise<void>;
}

// How long searches without work look away: other processes may still find products or fail.
const IDLE_MS = 250;

/** `options.owner` must be this driver's alone. */
export function createRunDriver(deps: RunDeps, options: EngineOptions, run: Run): RunDriver {
  const calls = new AbortController();
  const waits = new AbortController();
  const ending = new AbortController();
  const ids = { orgId: run.org_id, runId: run.id };
  const announcer = createAnnouncer(deps, run);
  const refresh = createRefresher(deps, run.org_id, run.id);
  const desk = createDesk({ deps, options, run, announcer, waits: waits.signal, ending: ending.signal, obey });
  let looking: Promise<boolean> | null = null;

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
    announcer.flush();
    await refresh();
  }

  /** Renews leases and figures until the searches have ended; one failure (a lost connection) is not the end. */
  async function keepAlive(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await tick().catch((error: unknown) => deps.log('error', 'A run could not be kept alive.', errorFacts(error)));
      await wait(options.tickMs, ended).catch(() => undefined);
    }
  }

  /** Looks, once for all searches that ask, whether there is more work; false when there is none. */
  function look(): Promise<boolean> {
    looking ??= lookOnce().finally(() => (looking = null));
    return looking;
  }

  async function lookOnce(): Promise<boolean> {
    try {
      const state = await advanceRun(deps, run.org_id, run.id);
      if (state !== 'waiting') return state === 'moved';
    } catch (error) {
      deps.log('error', 'A run could not be looked at.', { run: run.id, ...errorFacts(error) });
    }
    await wait(IDLE_MS, waits.signal).catch(() => undefined);
    return !waits.signal.aborted;
  }

  async function drive(): Promise<void> {
    const ended = new AbortController();
    const alive = keepAlive(ended.signal);
    const worker = { deps, options, run, announcer, calls: calls.signal, waits: waits.signal };
    const slots = Array.from({ length: run.settings.parallel }, (_, slot) => search({ ...worker, slot }, desk, look));
    const results = await Promise.allSettled(slots);
    ended.abort();
    await alive;
    for (const result of results) {
      if (result.status === 'rejected')
        deps.log('error', 'A search stopped.', { run: run.id, ...errorFacts(result.reason) });
    }
    announcer.flush('all');
    await refresh('now').catch((error: unknown) =>
      deps.log('error', 'A run’s figures could not be written.', { run: run.id, ...errorFacts(error) }),
    );
  }

  const done = drive();
  return {
    leaving: waits.signal,
    done,
    check,
    stop: async () => {
      ending.abort();
      calls.abort();
      waits.abort();
      await done;
    },
  };
}
