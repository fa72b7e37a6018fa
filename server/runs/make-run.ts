import type { CollectionSettings } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import type { Tx } from '#server/db/in-org.ts';
import { estimateRun, pricesOf } from './estimate-run.ts';
import type { NewRun } from './insert-run.ts';
import { insertRun } from './insert-run.ts';
import { noteUnsupported } from './note-unsupported.ts';

/**
 * Writes a pending run of the plan, with the counter locked and the settings read since, and once what of
 * its settings it cannot do. Throws `over_budget`.
 */
export async function makeRun(
  tx: Tx,
  run: Pick<NewRun, 'orgId' | 'createdBy' | 'name' | 'plan' | 'links' | 'now'> & { runId?: string },
  settings: CollectionSettings,
): Promise<WireCollectionRun> {
  const { total, budget, microusd } = estimateRun(run.plan, settings);
  if (!budget.allowed) {
    throw new AppError('over_budget', { details: { estimated_cents: total.cost_cents, cap_cents: budget.cap_cents } });
  }
  const runId = run.runId ?? crypto.randomUUID();
  const made = await insertRun(tx, {
    ...run,
    runId,
    prices: pricesOf(run.plan, settings),
    estimatedMicrousd: microusd,
    productsTotal: total.products,
    budgetCapCents: settings.budget_cap_cents,
  });
  await noteUnsupported(tx, { orgId: run.orgId, runId, plan: run.plan }, run.now);
  return made;
}
