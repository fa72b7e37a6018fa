import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import type { RunDeps } from './run-deps.ts';
import type { RunEngine } from './run-engine.ts';
import { loadVisibleRun } from './run-visibility.ts';
import { transitionRun } from './transition-run.ts';

/** What a member asks of a run: pause, cancel, or go on with a higher cap if given. */
export interface Steering {
  to: 'paused' | 'cancelled' | 'running';
  budgetCapCents?: number | undefined;
}

/** Throws `not_found`, `forbidden`, `invalid_transition`, and `invalid_request` for a cap below the present one. */
export async function steerRun(
  deps: RunDeps,
  engine: RunEngine | undefined,
  who: Who,
  runId: string,
  { to, budgetCapCents }: Steering,
): Promise<WireCollectionRun> {
  const run = await inOrg(deps.db, who.orgId, (tx) => loadVisibleRun(tx, who, runId));
  // A run that is being made is started by its own request, not by a resume in between.
  if (to === 'running' && run.status !== 'paused') {
    throw new AppError('invalid_transition', { details: { status: run.status } });
  }
  if (budgetCapCents !== undefined) {
    if (!who.permissions.includes('settings.manage')) throw new AppError('forbidden');
    if (budgetCapCents < run.budget_cap_cents) {
      const problem = {
        path: 'budget_cap_cents',
        message: `The cap can be raised only; it is ${run.budget_cap_cents}.`,
      };
      throw new AppError('invalid_request', { details: { problems: [problem] } });
    }
  }
  const actor = { id: who.userId, name: who.userName };
  const after = await transitionRun(deps, { orgId: who.orgId, runId, to, actor, budgetCapCents });
  if (to === 'running') engine?.wake();
  else await engine?.check({ org_id: who.orgId, id: run.id });
  return after;
}
