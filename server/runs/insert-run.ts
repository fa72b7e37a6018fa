import { microusdToCents } from '#lib/domain/money.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { takeNumbers, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { RunPlan } from './plan-run.ts';
import type { RunLinks } from './run-links.ts';
import type { CallPrices } from './run.ts';
import { insertCategories } from './sql/insert-categories.ts';
import { toWireRow } from './wire-row.ts';

export interface NewRun {
  orgId: string;
  runId: string;
  createdBy: string;
  name: string;
  plan: RunPlan;
  prices: CallPrices;
  estimatedMicrousd: number;
  productsTotal: number;
  budgetCapCents: number;
  links: RunLinks;
  now: number;
}

/** Writes a pending run and its categories, with the counter locked. Prices and cap are those of now, for good. */
export async function insertRun(tx: Tx, run: NewRun): Promise<WireCollectionRun> {
  const { orgId, runId, plan } = run;
  const version = await takeVersions(tx, orgId, 1);
  const no = await takeNumbers(tx, orgId, collectionRuns.name, 1);
  const at = new Date(run.now);
  const row = await tx
    .insertInto('collection_runs')
    .values({
      org_id: orgId,
      id: runId,
      no,
      version,
      created_at: at,
      updated_at: at,
      deleted_at: null,
      name: run.name,
      status: 'pending',
      phase: plan.categories.length > 0 ? 'amazon' : 'ebay',
      pause_reason: null,
      category_ids: JSON.stringify(plan.categories.map(({ category }) => category.id)),
      product_source: plan.productSource.id,
      seller_source: plan.sellerSource.id,
      settings: JSON.stringify(plan.settings),
      departments_total: new Set(plan.categories.map(({ department }) => department.id)).size,
      departments_completed: 0,
      categories_total: plan.categories.length,
      categories_completed: 0,
      products_total: run.productsTotal,
      products_found: 0,
      products_searched: 0,
      total_items: 0,
      processed_items: 0,
      failed_items: 0,
      sellers_found: 0,
      sellers_new: 0,
      estimated_cost_cents: microusdToCents(run.estimatedMicrousd),
      estimated_cost_microusd: run.estimatedMicrousd,
      actual_cost_cents: 0,
      budget_cap_cents: run.budgetCapCents,
      checkpoint: JSON.stringify({ microusd_per_call: run.prices, sellers_skipped: 0, ...run.links }),
      seller_count_before: null,
      seller_count_after: null,
      created_by: run.createdBy,
      started_at: null,
      paused_at: null,
      completed_at: null,
      heartbeat_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await insertCategories(tx, { orgId, runId }, plan.categories);
  return toWireRow(collectionRuns, row);
}
