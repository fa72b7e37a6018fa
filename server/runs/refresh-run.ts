import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { microusdToCents } from '#lib/domain/money.ts';
import { isTerminal } from '#lib/domain/run.ts';
import { lockCounter, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import { publishRun } from './publish-run.ts';
import type { RunDeps } from './run-deps.ts';
import { loadRun } from './run.ts';
import { countRun } from './sql/count-run.ts';
import { toWireRow } from './wire-row.ts';

// The synced row changes at most this often, whoever works on the run: each change goes to every client.
const REFRESH_MS = 1000;

/** Writes the run's figures into its synced row and tells of it, if they changed and it is time again. */
export async function refreshRun(deps: RunDeps, orgId: string, runId: string): Promise<void> {
  const run = await inOrg(deps.db, orgId, (tx) => refresh(tx, orgId, runId, deps.clock()));
  if (run) publishRun(deps, orgId, run);
}

async function refresh(tx: Tx, orgId: string, runId: string, now: number): Promise<WireCollectionRun | null> {
  await lockCounter(tx, orgId);
  const run = await loadRun(tx, orgId, runId, 'lock');
  if (isTerminal(run.status)) return null;
  const heartbeat = await tx
    .selectFrom('collection_runs')
    .select('heartbeat_at')
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .executeTakeFirst();
  const last = heartbeat?.heartbeat_at?.getTime() ?? 0;
  if (now - last < REFRESH_MS && now >= last) return null;
  const { counts } = await countRun(tx, orgId, runId);
  const figures = { ...counts, actual_cost_cents: microusdToCents(run.actual_cost_microusd) };
  const changed = Object.entries(figures).some(([name, value]) => run[name as keyof typeof figures] !== value);
  if (!changed) return null;
  const version = await takeVersions(tx, orgId, 1);
  const row = await tx
    .updateTable('collection_runs')
    .set({ ...figures, version, updated_at: new Date(now), heartbeat_at: new Date(now) })
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toWireRow(collectionRuns, row);
}
