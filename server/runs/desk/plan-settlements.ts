import type { Unit } from '../unit.ts';
import { FAILURE_STREAK, isPaid, quotaResetsAt } from '../failure.ts';
import type { Pause } from '../pause-run.ts';
import type { CallPrices } from '../run.ts';
import { priceOf } from '../run.ts';
import type { HeldUnit } from '../sql/hold-units.ts';
import type { LockedRun } from '../sql/lock-run.ts';
import type { Settlement } from '../sql/settle-units.ts';
import type { HandIn, Next } from './hand-in.ts';

export interface Plan {
  settlements: Settlement[];
  /** For each that handed in: what it does next, or `claim`: it may take new work. */
  nexts: (Next | 'claim')[];
  /** Which of them handed in a page that is to be written down. */
  pages: number[];
  spent: number;
  /** Change of what is set aside. */
  reserved: number;
  room: number;
  failureStreak: number;
  pause: Pause | null;
}

interface Situation {
  run: LockedRun;
  held: ReadonlyMap<string, HeldUnit>;
  prices: CallPrices;
  /** The process ends, or the run was stopped: nobody goes on. */
  stopping: boolean;
}

type Working = Exclude<HandIn, { did: 'nothing' }>;

/** Decides what becomes of what was handed in, in that order; the run has not ended. */
export function planSettlements(
  entries: readonly { slot: number; handIn: HandIn }[],
  { run, held, prices, stopping }: Situation,
): Plan {
  const goesOn = run.status === 'running' && !stopping;
  const plan: Plan = {
    settlements: [],
    nexts: [],
    pages: [],
    spent: 0,
    reserved: 0,
    room: run.room,
    failureStreak: run.failure_streak,
    pause: null,
  };

  function settle(
    unit: Unit,
    holding: HeldUnit,
    to: Pick<Settlement, 'status' | 'next_page'> & Partial<Settlement> & { isPaid: boolean },
  ): void {
    const { isPaid: paidFor, ...became } = to;
    const paid = paidFor ? holding.reserved : 0;
    const reserved = became.reserved ?? 0;
    plan.spent += paid;
    plan.reserved += reserved - holding.reserved;
    plan.room += holding.reserved - paid - reserved;
    const none = { error_code: null, error_message: null, wait_ms: null, wait_reason: null };
    plan.settlements.push({ kind: unit.kind, id: unit.id, ...none, ...became, paid, reserved });
  }

  /** The unit's next call, if the run goes on and the cap allows it; else the unit is given back. */
  function callOrLeave(unit: Unit, holding: HeldUnit, page: number, paidFor: boolean): Next {
    const price = priceOf(prices, unit.kind);
    const free = plan.room + (paidFor ? 0 : holding.reserved);
    const isAffordable = price <= free;
    if (goesOn && !isAffordable) plan.pause ??= { reason: 'budget', quotaResetsAt: null };
    if (goesOn && isAffordable) {
      settle(unit, holding, { status: 'processing', next_page: page, reserved: price, isPaid: paidFor });
      return { do: 'call', unit, page };
    }
    settle(unit, holding, { status: 'pending', next_page: page, isPaid: paidFor });
    return { do: 'stop' };
  }

  function failed(handIn: Extract<HandIn, { did: 'failure' }>, holding: HeldUnit): Next | 'claim' {
    const { unit, page, error, verdict } = handIn;
    const said = { error_code: error.code, error_message: error.message };
    const base = { next_page: page, isPaid: isPaid(error), ...said };
    if (verdict.do === 'wait' && goesOn) {
      settle(unit, holding, { ...base, status: 'processing', wait_ms: verdict.ms, wait_reason: verdict.reason });
      return { do: 'wait', unit, page, ms: verdict.ms };
    }
    if (verdict.do === 'give_up') {
      settle(unit, holding, { ...base, status: 'failed' });
      plan.failureStreak += 1;
      if (goesOn && plan.failureStreak >= FAILURE_STREAK)
        plan.pause ??= { reason: 'provider_errors', quotaResetsAt: null };
      return 'claim';
    }
    settle(unit, holding, { ...base, status: 'pending' });
    if (verdict.do === 'pause') plan.pause ??= { reason: verdict.reason, quotaResetsAt: quotaResetsAt(error) };
    return { do: 'stop' };
  }

  function decide(handIn: Working, holding: HeldUnit, at: number): Next | 'claim' {
    const { unit, page } = handIn;
    if (handIn.did === 'leave') {
      settle(unit, holding, { status: 'pending', next_page: page, isPaid: true });
      return { do: 'stop' };
    }
    if (handIn.did === 'failure') return failed(handIn, holding);
    if (handIn.did === 'wait') return callOrLeave(unit, holding, page, false);
    // Written down already by a transaction whose answer was lost, the next call's price set aside.
    if (holding.next_page > page) return callOrLeave(unit, holding, holding.next_page, false);
    plan.pages.push(at);
    if (handIn.found.has_more) return callOrLeave(unit, holding, page + 1, true);
    settle(unit, holding, { status: 'completed', next_page: page + 1, isPaid: true });
    plan.failureStreak = 0;
    return 'claim';
  }

  for (const [at, { slot, handIn }] of entries.entries()) {
    const holding = handIn.did === 'nothing' ? undefined : held.get(handIn.unit.id);
    const isMine = handIn.did !== 'nothing' && holding?.slot === slot && holding.attempts === handIn.unit.attempts;
    plan.nexts.push(isMine ? decide(handIn, holding, at) : 'claim');
  }
  const mayClaim = goesOn && plan.pause === null;
  if (!mayClaim) plan.nexts = plan.nexts.map((next) => (next === 'claim' ? { do: 'stop' } : next));
  return plan;
}
