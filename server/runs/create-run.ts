import type { RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { chunk } from '#lib/shared/chunk.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from './collection-settings.ts';
import { makeRun } from './make-run.ts';
import { minuteOf } from './minute-of.ts';
import type { RunPlan } from './plan-run.ts';
import { planRun } from './plan-run.ts';
import type { RunDeps } from './run-deps.ts';
import type { RunLinks } from './run-links.ts';
import type { RunOrder } from './run-order.ts';
import { findOrdered, orderOf } from './run-order.ts';
import { loadRun } from './run.ts';
import { countOpenRuns } from './sql/count-open-runs.ts';
import { recordProducts } from './sql/record-products.ts';
import { transitionRun } from './transition-run.ts';

const PRODUCTS_PER_TRANSACTION = 2000;

/**
 * Makes a run and starts it. The same request with the same id again answers the run that it made. Throws
 * `over_budget`, `run_limit`, `unknown_ids`, `invalid_request`, `idempotency_mismatch`.
 */
export async function createRun(deps: RunDeps, who: Who, request: RunRequest): Promise<WireCollectionRun> {
  const order = orderOf(who, request);
  const given = await inOrg(deps.db, who.orgId, async (tx) => {
    const made = await findOrdered(tx, who, order);
    return made?.status !== undefined && made.status !== 'pending'
      ? { made }
      : { settings: await loadCollectionSettings(tx, who.orgId) };
  });
  if ('made' in given) return given.made;
  const plan = planRun(request, deps.sources, given.settings.default_settings);
  return startPlan(deps, who, plan, { name: request.name, order });
}

/**
 * Makes a run of a plan and starts it; `links` are kept in its checkpoint. It stays pending until all of
 * a long list is in, so that no worker takes the part for the whole; what was ordered before and is pending
 * still is made to its end. Throws `over_budget`, `run_limit`, `idempotency_mismatch`.
 */
export async function startPlan(
  deps: RunDeps,
  who: Who,
  plan: RunPlan,
  { name, order, links = {} }: { name: string | undefined; order: RunOrder; links?: RunLinks },
): Promise<WireCollectionRun> {
  const { orgId } = who;
  const made = await inOrg(deps.db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    const before = await findOrdered(tx, who, order);
    if (before !== null) return before;
    const settings = await loadCollectionSettings(tx, orgId);
    const limit = settings.max_concurrent_runs;
    if ((await countOpenRuns(tx, orgId)) >= limit) throw new AppError('run_limit', { details: { limit } });
    const now = deps.clock();
    const { id: runId, hash } = order;
    const run = { orgId, runId, createdBy: who.userId, name: name ?? `Collection ${minuteOf(now)}`, plan, now };
    return makeRun(tx, { ...run, links: { ...links, ...(hash !== null && { request: hash }) } }, settings);
  });
  if (made.status !== 'pending') return made;
  for (const part of chunk(plan.products, PRODUCTS_PER_TRANSACTION)) {
    const isPending = await inOrg(deps.db, orgId, async (tx) => {
      const { status } = await loadRun(tx, orgId, made.id, 'lock');
      if (status === 'pending') await recordProducts(tx, { orgId, runId: made.id }, part, null);
      return status === 'pending';
    });
    if (!isPending) break;
  }
  return start(deps, who, order);
}

async function start(deps: RunDeps, who: Who, order: RunOrder): Promise<WireCollectionRun> {
  const actor = { id: who.userId, name: who.userName };
  try {
    return await transitionRun(deps, { orgId: who.orgId, runId: order.id, to: 'running', actor });
  } catch (error) {
    // The same request, sent twice at once, has started it meanwhile.
    const isStarted = order.hash !== null && error instanceof AppError && error.code === 'invalid_transition';
    const run = isStarted ? await inOrg(deps.db, who.orgId, (tx) => findOrdered(tx, who, order)) : null;
    // One that was ended before it was started has not been started by anybody.
    if (run === null || run.started_at === null) throw error;
    return run;
  }
}
