import { isTerminal } from '#lib/domain/run.ts';
import type { RerunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { startPlan } from './create-run.ts';
import type { RunPlan } from './plan-run.ts';
import { invalid, planProducts, planRun } from './plan-run.ts';
import type { RunDeps } from './run-deps.ts';
import { loadVisibleRun } from './run-visibility.ts';
import { findProducts } from './sql/find-products.ts';

/**
 * A new run of what an ended one was made of: its categories or products, sources and settings; budget
 * and prices are those of now. `only: failed` takes the products whose search failed, as a run over a
 * list. Throws `not_found`, `invalid_transition` while the first goes on, `invalid_request` when nothing
 * failed in it, and what `createRun` throws.
 */
export async function rerunRun(
  deps: RunDeps,
  who: Who,
  runId: string,
  { name, only }: RerunRequest,
): Promise<WireCollectionRun> {
  const { orgId } = who;
  const plan = await inOrg(deps.db, orgId, async (tx): Promise<RunPlan> => {
    const run = await loadVisibleRun(tx, who, runId);
    if (!isTerminal(run.status)) throw new AppError('invalid_transition', { details: { status: run.status } });
    if (only === undefined && run.category_ids.length > 0) {
      const { category_ids, product_source, seller_source, settings } = run;
      return planRun({ category_ids, product_source, seller_source, settings }, deps.sources, {});
    }
    const products = await findProducts(tx, { orgId, runId }, only === 'failed' ? 'failed' : null);
    if (products.length === 0) {
      throw only === 'failed'
        ? invalid('only', 'No product of that run failed.')
        : new AppError('invalid_request', { message: 'That run had neither categories nor products.' });
    }
    return planProducts(products, run, deps.sources);
  });
  return startPlan(deps, who, plan, { name, links: { rerun_of: runId } });
}
