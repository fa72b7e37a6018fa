import type { RunStatus } from '#lib/domain/run.ts';
import { isTerminal } from '#lib/domain/run.ts';
import { lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Pause } from '../pause-run.ts';
import type { EngineOptions } from '../run-deps.ts';
import type { CallPrices, Run } from '../run.ts';
import { priceOf } from '../run.ts';
import { chargeRun } from '../sql/charge-run.ts';
import type { Claim } from '../sql/claim-units.ts';
import { claimUnits } from '../sql/claim-units.ts';
import { findPendingUnits } from '../sql/find-pending-units.ts';
import type { KnownClaim } from '../sql/give-back-unknown.ts';
import { giveBackUnknown } from '../sql/give-back-unknown.ts';
import { holdUnits } from '../sql/hold-units.ts';
import type { LockedRun } from '../sql/lock-run.ts';
import { lockRun } from '../sql/lock-run.ts';
import { settleUnits } from '../sql/settle-units.ts';
import { unitKindOf } from '../unit.ts';
import type { HandIn, Next } from './hand-in.ts';
import type { Plan } from './plan-settlements.ts';
import { planSettlements } from './plan-settlements.ts';
import type { RecordedPages } from './record-pages.ts';
import { recordPages } from './record-pages.ts';

export interface Batch {
  run: Run;
  prices: CallPrices;
  options: Pick<EngineOptions, 'owner' | 'leaseMs'>;
  entries: readonly { slot: number; handIn: HandIn }[];
  /** The process ends, or the run was stopped: nobody gets new work. */
  stopping: boolean;
  /** After an answer was lost: the claims that the process's searches know of. */
  known: readonly KnownClaim[] | null;
  now: number;
  /** Most rows of sellers wanted back, to be told of. */
  rowsWanted: number;
}

export interface Settled {
  status: RunStatus;
  nexts: Next[];
  recorded: RecordedPages;
  /** Why the run is to be paused now. */
  pause: Pause | null;
}

/**
 * Writes down everything that searches of one process handed in and gives them their next work, in one
 * transaction: results, costs and reservations stand together or not at all. What a search held that
 * is no longer its own is dropped.
 */
export async function settleBatch(tx: Tx, batch: Batch): Promise<Settled> {
  const { run, prices, options, entries } = batch;
  const ids = { orgId: run.org_id, runId: run.id };
  const handIns = entries.map((entry) => entry.handIn);
  if (handIns.some((handIn) => handIn.did === 'page')) await lockCounter(tx, run.org_id);
  const locked = await lockRun(tx, ids);
  if (isTerminal(locked.status)) return ended(locked, handIns.length);
  const freed = batch.known === null ? 0 : await giveBackUnknown(tx, ids, options.owner, batch.known);
  locked.room += freed;
  const units = handIns.flatMap((handIn) => (handIn.did === 'nothing' ? [] : [handIn.unit]));
  const held = await holdUnits(tx, ids, options.owner, units);
  const plan = planSettlements(entries, { run: locked, held, prices, stopping: batch.stopping });
  const pages = plan.pages.flatMap((at) => {
    const handIn = handIns[at];
    return handIn?.did === 'page' ? [{ at, unit: handIn.unit, found: handIn.found }] : [];
  });
  const recorded = await recordPages(tx, { ...ids, settings: run.settings }, pages, batch);
  await settleUnits(tx, ids, plan.settlements);
  await claim(tx, batch, locked, plan);
  await chargeRun(tx, ids, { ...plan, reserved: plan.reserved - freed });
  const nexts = plan.nexts.map((next) => (next === 'claim' ? stopOrLook(plan) : next));
  return { status: locked.status, nexts, recorded, pause: plan.pause };
}

/** Gives pending units to the searches that may take one, as far as the cap allows. */
async function claim(tx: Tx, { run, prices, options, entries }: Batch, locked: LockedRun, plan: Plan): Promise<void> {
  const takers = plan.nexts.flatMap((next, at) => (next === 'claim' ? [{ at, slot: entries[at]?.slot ?? 0 }] : []));
  if (takers.length === 0) return;
  const kind = unitKindOf(locked.phase);
  const price = priceOf(prices, kind);
  const ids = { orgId: run.org_id, runId: run.id };
  const units = await findPendingUnits(tx, kind, ids, { wanted: takers.length, parallel: run.settings.parallel });
  const affordable = price === 0 ? units.length : Math.min(units.length, Math.floor(plan.room / price));
  if (affordable < units.length) plan.pause = { reason: 'budget', quotaResetsAt: null };
  const claims: Claim[] = [];
  for (const [place, unit] of units.slice(0, affordable).entries()) {
    const taker = takers[place];
    if (taker === undefined) break;
    claims.push({ unit, slot: taker.slot });
    plan.nexts[taker.at] = { do: 'call', unit, page: unit.next_page };
  }
  await claimUnits(tx, kind, options, price, claims);
  plan.reserved += claims.length * price;
}

const stopOrLook = ({ pause }: Plan): Next => ({ do: pause === null ? 'look' : 'stop' });

function ended({ status }: LockedRun, count: number): Settled {
  const nexts = Array.from({ length: count }, (): Next => ({ do: 'stop' }));
  return { status, nexts, recorded: { pages: new Map(), rows: [], version: 0 }, pause: null };
}
