import { isForeignPrice } from '#lib/domain/price-band.ts';
import type { CollectionSettings, EstimateAnswer, RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { chunk } from '#lib/shared/chunk.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from './collection-settings.ts';
import { estimateRun, pricesOf } from './estimate-run.ts';
import { insertRun } from './insert-run.ts';
import type { RunPlan } from './plan-run.ts';
import { planRun } from './plan-run.ts';
import { recordRunActivity } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import { countOpenRuns } from './sql/count-open-runs.ts';
import { recordProducts } from './sql/record-products.ts';
import { transitionRun } from './transition-run.ts';

const PRODUCTS_PER_TRANSACTION = 2000;

export async function estimateRequest(deps: RunDeps, who: Who, request: RunRequest): Promise<EstimateAnswer> {
  const plan = planRun(request, deps.sources);
  const settings = await inOrg(deps.db, who.orgId, (tx) => loadCollectionSettings(tx, who.orgId));
  const { microusd: _, ...estimate } = estimateRun(plan, settings);
  return estimate;
}

/**
 * Makes a run and starts it. Throws `over_budget`, `run_limit`, `unknown_ids`, `invalid_request`.
 * It stays pending until all of a long list is in, so that no worker takes the part for the whole.
 */
export async function createRun(deps: RunDeps, who: Who, request: RunRequest): Promise<WireCollectionRun> {
  const plan = planRun(request, deps.sources);
  const { orgId } = who;
  const runId = crypto.randomUUID();
  await inOrg(deps.db, orgId, async (tx) => {
    await lockCounter(tx, orgId);
    const settings = await loadCollectionSettings(tx, orgId);
    const estimate = checkLimits(plan, settings, await countOpenRuns(tx, orgId));
    await insertRun(tx, {
      orgId,
      runId,
      createdBy: who.userId,
      name: request.name ?? nameOf(plan),
      plan,
      prices: pricesOf(plan, settings),
      estimatedMicrousd: estimate.microusd,
      productsTotal: estimate.total.products,
      budgetCapCents: settings.budget_cap_cents,
      now: deps.clock(),
    });
  });
  for (const part of chunk(plan.products, PRODUCTS_PER_TRANSACTION)) {
    await inOrg(deps.db, orgId, (tx) => recordProducts(tx, { orgId, runId }, part, null));
  }
  await noteForeignPrices(deps, orgId, runId, plan);
  const actor = { id: who.userId, name: who.userName };
  return transitionRun(deps, { orgId, runId, to: 'running', actor });
}

function checkLimits(plan: RunPlan, settings: CollectionSettings, open: number): ReturnType<typeof estimateRun> {
  if (open >= settings.max_concurrent_runs) {
    throw new AppError('run_limit', { details: { limit: settings.max_concurrent_runs } });
  }
  const estimate = estimateRun(plan, settings);
  if (!estimate.budget.allowed) {
    const { total, budget } = estimate;
    throw new AppError('over_budget', { details: { estimated_cents: total.cost_cents, cap_cents: budget.cap_cents } });
  }
  return estimate;
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

function nameOf(plan: RunPlan): string {
  if (plan.products.length > 0) return `My list, ${plan.products.length} products`;
  const names = plan.categories.map(({ category }) => category.name);
  const more = names.length - 2;
  return names.slice(0, 2).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
