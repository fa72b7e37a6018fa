import { isForeignPrice } from '#lib/domain/price-band.ts';
import type { EstimateAnswer, RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { chunk } from '#lib/shared/chunk.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from './collection-settings.ts';
import { estimateRun } from './estimate-run.ts';
import { makeRun } from './make-run.ts';
import { minuteOf } from './minute-of.ts';
import type { RunPlan } from './plan-run.ts';
import { planRun } from './plan-run.ts';
import { recordRunActivity } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import type { RunLinks } from './run-links.ts';
import { countOpenRuns } from './sql/count-open-runs.ts';
import { recordProducts } from './sql/record-products.ts';
import { transitionRun } from './transition-run.ts';

const PRODUCTS_PER_TRANSACTION = 2000;

export async function estimateRequest(deps: RunDeps, who: Who, request: RunRequest): Promise<EstimateAnswer> {
  const settings = await inOrg(deps.db, who.orgId, (tx) => loadCollectionSettings(tx, who.orgId));
  const plan = planRun(request, deps.sources, settings.default_settings);
  const { microusd: _, ...estimate } = estimateRun(plan, settings);
  return estimate;
}

/** Makes a run and starts it. Throws `over_budget`, `run_limit`, `unknown_ids`, `invalid_request`. */
export async function createRun(deps: RunDeps, who: Who, request: RunRequest): Promise<WireCollectionRun> {
  const settings = await inOrg(deps.db, who.orgId, (tx) => loadCollectionSettings(tx, who.orgId));
  const plan = planRun(request, deps.sources, settings.default_settings);
  return startPlan(deps, who, plan, { name: request.name });
}

/**
 * Makes a run of a plan and starts it; `links` are kept in its checkpoint. It stays pending until all of
 * a long list is in, so that no worker takes the part for the whole. Throws `over_budget`, `run_limit`.
 */
export async function startPlan(
  deps: RunDeps,
  who: Who,
  plan: RunPlan,
  { name, links = {} }: { name: string | undefined; links?: RunLinks },
): Promise<WireCollectionRun> {
  const { orgId } = who;
  const { id: runId } = await inOrg(deps.db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    const settings = await loadCollectionSettings(tx, orgId);
    const limit = settings.max_concurrent_runs;
    if ((await countOpenRuns(tx, orgId)) >= limit) throw new AppError('run_limit', { details: { limit } });
    const now = deps.clock();
    const run = { orgId, createdBy: who.userId, name: name ?? `Collection ${minuteOf(now)}`, plan, links, now };
    return makeRun(tx, run, settings);
  });
  for (const part of chunk(plan.products, PRODUCTS_PER_TRANSACTION)) {
    await inOrg(deps.db, orgId, (tx) => recordProducts(tx, { orgId, runId }, part, null));
  }
  await noteForeignPrices(deps, orgId, runId, plan);
  const actor = { id: who.userId, name: who.userName };
  return transitionRun(deps, { orgId, runId, to: 'running', actor });
}

async function noteForeignPrices(deps: RunDeps, orgId: string, runId: string, plan: RunPlan): Promise<void> {
  const { marketplace, price_band: band } = plan.settings;
  const foreign = band === null ? [] : plan.products.filter((product) => isForeignPrice(product, marketplace));
  if (foreign.length === 0) return;
  const currencies = [...new Set(foreign.map((product) => product.currency))].join(', ');
  await inOrg(deps.db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    const summary = `${foreign.length} of ${plan.products.length} products are priced in ${currencies} and are searched without a price range`;
    const entry = {
      orgId,
      runId,
      kind: 'run.no_price_band',
      summary,
      details: { products: foreign.length, currencies },
    };
    await recordRunActivity(tx, { ...entry, actor: { id: null, name: 'Sellerdex' } }, deps.clock());
  });
}
