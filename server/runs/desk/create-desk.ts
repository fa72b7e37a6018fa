import { setImmediate } from 'node:timers/promises';
import type { RunStatus } from '#lib/domain/run.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { describePage } from '../announce.ts';
import type { Announcer } from '../announcer.ts';
import { createWarningNotes } from '../note-warnings.ts';
import type { Pause } from '../pause-run.ts';
import { pauseRun } from '../pause-run.ts';
import type { EngineOptions, RunDeps } from '../run-deps.ts';
import type { Run } from '../run.ts';
import { callPrices } from '../run.ts';
import type { Unit } from '../unit.ts';
import type { HandIn, Next } from './hand-in.ts';
import { isUnwritable } from './is-unwritable.ts';
import type { Settled } from './settle-batch.ts';
import { settleBatch } from './settle-batch.ts';

/** Where a run's searches in one process hand in what they have and get what they do next. */
export interface Desk {
  /** Resolves once what was handed in is written down, however long the database is away; rejects when the process stops without it. */
  exchange(slot: number, handIn: HandIn): Promise<Next>;
}

export interface DeskContext {
  deps: RunDeps;
  options: EngineOptions;
  run: Run;
  announcer: Announcer;
  /** Aborted: the process ends, or the run was stopped, and nobody gets new work. */
  waits: AbortSignal;
  /** Aborted when the process ends: what cannot be written soon is left to the leases. */
  ending: AbortSignal;
  /** Told the run's state whenever a transaction has seen it. */
  obey(status: RunStatus): void;
}

interface Entry {
  slot: number;
  handIn: HandIn;
  resolve(next: Next): void;
  reject(error: unknown): void;
}

/** Sellers' rows in one transaction at most: it holds the workspace's counter. */
const SELLERS_PER_BATCH = 2000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5000;
/** Tries once the process is to end. */
const LAST_TRIES = 3;

/**
 * One transaction at a time writes down all that is waiting, so that quick searches share it; the
 * next one takes what has come meanwhile.
 */
export function createDesk(context: DeskContext): Desk {
  const { deps, options, run, announcer } = context;
  const prices = callPrices(run);
  const noteWarnings = createWarningNotes(deps, run, announcer);
  const queue: Entry[] = [];
  // The unit that each search has in work, as far as this process knows.
  const inWork = new Map<number, Unit>();
  let isInDoubt = false;
  let isWorking = false;

  async function work(): Promise<void> {
    isWorking = true;
    // Searches that end together go in together, and requests get their turn: the embedded database
    // and the catalogue answer without any I/O.
    await setImmediate();
    while (queue.length > 0) {
      await settle(takeBatch(queue));
      await setImmediate();
    }
    isWorking = false;
  }

  async function settle(entries: Entry[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await deliver(entries, await write(entries));
        return;
      } catch (error) {
        if (await isSettledOtherwise(entries, error, tries)) return;
      }
    }
  }

  async function write(entries: readonly Entry[]): Promise<Settled> {
    const known = isInDoubt ? [...inWork].map(([slot, { id, attempts }]) => ({ slot, id, attempts })) : null;
    const settled = await inOrg(deps.db, run.org_id, (tx) =>
      settleBatch(tx, {
        run,
        prices,
        options,
        entries,
        known,
        stopping: context.waits.aborted,
        now: deps.clock(),
        rowsWanted: announcer.rowsWanted(),
      }),
    );
    isInDoubt = false;
    return settled;
  }

  /** False when the same is to be tried again, after a while. */
  async function isSettledOtherwise(entries: Entry[], error: unknown, tries: number): Promise<boolean> {
    const [only, ...others] = entries;
    if (only === undefined) return true;
    if (error instanceof AppError && error.code === 'not_found') {
      for (const entry of entries) answer(entry, { do: 'stop' });
      return true;
    }
    if (isUnwritable(error)) {
      // One page that cannot be written must not take the others with it.
      if (others.length > 0) {
        for (const entry of entries) await settle([entry]);
        return true;
      }
      if (only.handIn.did === 'page') {
        const { unit, page } = only.handIn;
        only.resolve({ do: 'fail', unit, page, cause: error });
        return true;
      }
    }
    // Whether the transaction came through is not known when its answer was lost.
    isInDoubt = true;
    deps.log('error', 'Results could not be written down yet.', { run: run.id, tries, ...errorFacts(error) });
    if (context.ending.aborted && tries >= LAST_TRIES) {
      for (const entry of entries) entry.reject(error);
      return true;
    }
    const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (tries - 1));
    await wait(ms * (0.5 + Math.random() / 2), context.ending).catch(() => undefined);
    return false;
  }

  async function deliver(entries: readonly Entry[], settled: Settled): Promise<void> {
    context.obey(settled.status);
    for (const [at, recorded] of settled.recorded.pages) {
      const entry = entries[at];
      if (entry?.handIn.did !== 'page') continue;
      announcer.feed(entry.slot, 'info', describePage(entry.handIn.unit, entry.handIn.page, recorded));
    }
    announcer.sellers(settled.recorded);
    for (const at of settled.recorded.pages.keys()) {
      const entry = entries[at];
      if (entry?.handIn.did === 'page') await noteWarnings(entry.slot, entry.handIn.unit, entry.handIn.found);
    }
    const stopped: Entry[] = [];
    for (const [at, entry] of entries.entries()) {
      const next = settled.nexts[at] ?? { do: 'stop' };
      // Whoever stops because the run is to be paused stops when it is.
      if (next.do === 'stop') stopped.push(entry);
      else answer(entry, next);
    }
    if (settled.pause !== null) await pause(settled.pause);
    for (const entry of stopped) answer(entry, { do: 'stop' });
  }

  async function pause(why: Pause): Promise<void> {
    try {
      await pauseRun(deps, run, why);
      context.obey('paused');
    } catch (error) {
      // The next search that asks meets the same reason.
      deps.log('error', 'A run could not be paused.', { run: run.id, reason: why.reason, ...errorFacts(error) });
    }
  }

  function answer(entry: Entry, next: Next): void {
    if (next.do === 'call' || next.do === 'wait') inWork.set(entry.slot, next.unit);
    else inWork.delete(entry.slot);
    entry.resolve(next);
  }

  return {
    exchange: (slot, handIn) =>
      new Promise((resolve, reject) => {
        queue.push({ slot, handIn, resolve, reject });
        if (!isWorking) void work();
      }),
  };
}

/** Takes from the queue what goes into the next transaction. */
function takeBatch(queue: Entry[]): Entry[] {
  let sellers = 0;
  let count = 0;
  for (const { handIn } of queue) {
    if (handIn.did === 'page' && handIn.found.kind === 'product') sellers += handIn.found.sellers.length;
    if (count > 0 && sellers > SELLERS_PER_BATCH) break;
    count += 1;
  }
  return queue.splice(0, count);
}
