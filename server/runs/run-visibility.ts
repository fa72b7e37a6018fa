import { isTerminal } from '#lib/domain/run.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import type { Run } from './run.ts';
import { loadRun } from './run.ts';

/** Until a run has ended, only its creator and holders of `runs.manage` know of it. */
export function maySeeRun(who: Pick<Who, 'userId' | 'permissions'>, run: Pick<Run, 'status' | 'created_by'>): boolean {
  return isTerminal(run.status) || run.created_by === who.userId || who.permissions.includes('runs.manage');
}

/** The run, as far as this member may know of it. Throws `not_found`. */
export async function loadVisibleRun(tx: Tx, who: Who, runId: string): Promise<Run> {
  const run = await loadRun(tx, who.orgId, runId, 'read');
  if (!maySeeRun(who, run)) throw new AppError('not_found');
  return run;
}
