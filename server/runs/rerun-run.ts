import { isTerminal } from '#lib/domain/run.ts';
import type { RerunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { startPlan } from './create-run.ts';
import type { RunPlan } from './plan-run.ts';
import { invalid, planAgain } from './plan-run.ts';
import type { RunDeps } from './run-deps.ts';
import { findOrdered, orderOf } from './run-order.ts';
import { loadVisibleRun } from './run-visibility.ts';
import { findFailedCategories } from './sql/find-failed-categories.ts';
import { findProducts } from './sql/find-products.ts';

/**
 * A new run of what an ended one was made of: its categories and products, sources and settings; budget
 * and prices are those of now. `only: failed` takes the categories that could not be read and the products
 * whose search failed. Throws `not_found`, `invalid_transition` while the first goes on, `invalid_request` when
 * nothing failed in it, and what `createRun` throws.
 */
export async function rerunRun(
  deps: RunDeps,
  who: Who,
  runId: string,
  request: RerunRequest,
): Promise<WireCollectionRun> {
  const order = orderOf(who, request, { rerun_of: runId });
  const given = await inOrg(deps.db, who.orgId, async (tx) => {
    const made = await findOrdered(tx, who, order);
    return made !== null && made.status !== 'pending'
      ? { made }
      : { plan: await planRerun(tx, deps, who, { runId, only: request.only }) };
  });
  if ('made' in given) return given.made;
  return startPlan(deps, who, given.plan, { name: request.name, order, links: { rerun_of: runId.toLowerCase() } });
}

/** The plan of such a run. Throws as `rerunRun` does. */
export async function planRerun(
  tx: Tx,
  { sources }: Pick<RunDeps, 'sources'>,
  who: Who,
  { runId, only }: { runId: string; only: RerunRequest['only'] },
): Promise<RunPlan> {
  const run = await loadVisibleRun(tx, who, runId);
  if (!isTerminal(run.status)) throw new AppError('invalid_transition', { details: { status: run.status } });
  const ids = { orgId: who.orgId, runId };
  const category_ids = only === 'failed' ? await findFailedCategories(tx, ids) : run.category_ids;
  const products = await findProducts(tx, ids, only === 'failed' ? 'failed' : 'given');
  if (category_ids.length === 0 && products.length === 0) {
    throw only === 'failed'
      ? invalid('only', 'Nothing failed in that run: no category and no product.')
      : new AppError('invalid_request', { message: 'That run had neither categories nor products.' });
  }
  return planAgain({ category_ids, products }, run, sources);
}
