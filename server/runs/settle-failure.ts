import type { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { FAILURE_STREAK, isPaid } from './failure.ts';
import type { Verdict } from './failure.ts';
import { loadRun } from './run.ts';
import { countUnits } from './sql/count-units.ts';
import { settleUnit } from './sql/settle-unit.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

/** Writes a failed call down; true when so many searches failed in a row that the run should pause. */
export function settleFailure(
  { deps, options, run }: Worker,
  unit: Unit,
  page: number,
  error: AppError,
  verdict: Verdict,
): Promise<boolean> {
  return inOrg(deps.db, run.org_id, async (tx) => {
    await loadRun(tx, run.org_id, run.id, 'lock');
    await settleUnit(tx, unit, options.owner, {
      status: verdict.do === 'wait' ? 'processing' : verdict.do === 'pause' ? 'pending' : 'failed',
      nextPage: page,
      paid: isPaid(error),
      error: { code: error.code, message: error.message },
      wait: verdict.do === 'wait' ? { ms: verdict.ms, reason: verdict.reason } : null,
    });
    if (verdict.do !== 'give_up') return false;
    const units = await countUnits(tx, unit.kind, { orgId: run.org_id, runId: run.id }, FAILURE_STREAK);
    return units.streak >= FAILURE_STREAK;
  });
}

/** Gives a unit back, to be taken up again at `page`. A call in hand counts as paid. */
export async function releaseUnit({ deps, options, run }: Worker, unit: Unit, page: number): Promise<void> {
  await inOrg(deps.db, run.org_id, async (tx) => {
    await loadRun(tx, run.org_id, run.id, 'lock');
    await settleUnit(tx, unit, options.owner, {
      status: 'pending',
      nextPage: page,
      paid: true,
      error: null,
      wait: null,
    });
  });
}
