import type { EstimateAnswer, EstimateRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { estimateRun } from '#server/runs/estimate-run.ts';
import type { RunPlan } from '#server/runs/plan-run.ts';
import { planRun } from '#server/runs/plan-run.ts';
import { planRerun } from '#server/runs/rerun-run.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';

/** What a run would cost at most, at the prices of now. Throws as the start of that run does, but for budget and limit. */
export function estimateRequest(deps: RunDeps, who: Who, request: EstimateRequest): Promise<EstimateAnswer> {
  return inOrg(deps.db, who.orgId, async (tx) => {
    const settings = await loadCollectionSettings(tx, who.orgId);
    const plan = await planOf(tx, deps, who, request, settings.default_settings);
    const { microusd: _, ...estimate } = estimateRun(plan, settings);
    return estimate;
  });
}

async function planOf(
  tx: Tx,
  deps: RunDeps,
  who: Who,
  { rerun_of, only, preset_id, schedule_id, ...request }: EstimateRequest,
  defaults: Parameters<typeof planRun>[2],
): Promise<RunPlan> {
  if (rerun_of !== undefined) return planRerun(tx, deps, who, { runId: rerun_of, only });
  if (preset_id !== undefined) return planKept(tx, deps, who, 'collection_presets', preset_id);
  if (schedule_id !== undefined) return planKept(tx, deps, who, 'collection_schedules', schedule_id);
  return planRun(request, deps.sources, defaults);
}

async function planKept(
  tx: Tx,
  { sources }: RunDeps,
  { orgId }: Who,
  table: 'collection_presets' | 'collection_schedules',
  id: string,
): Promise<RunPlan> {
  const kept = await tx
    .selectFrom(table)
    .select(['category_ids', 'product_source', 'seller_source', 'settings'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (kept === undefined) throw new AppError('not_found');
  return planRun(kept, sources, {});
}
