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
import type { RunCounts } from './sql/count-run.ts';
import { countRun } from './sql/count-run.ts';
import { toWireRow } from './wire-row.ts';

// The synced row changes at most this often, whoever works on the run: each change goes to every client.
const REFRESH_MS = 1000;

// Counting a long run takes a while; it gets a tenth of the time at most.
const REST_PER_COUNT = 9;

/** Writes the run's figures into its synced row and tells of it, if they changed and it is time again, or `now`. */
export type Refresh = (when?: 'now') => Promise<void>;

export function createRefresher(deps: RunDeps, orgId: string, runId: string): Refresh {
  let next = 0;
  return async (when) => {
    const began = performance.now();
    if (when !== 'now' && began < next) return;
    await refreshRun(deps, orgId, runId);
    const ended = performance.now();
    next = ended + REST_PER_COUNT * (ended - began);
  };
}

async function refreshRun(deps: RunDeps, orgId: string, runId: string): Promise<void> {
  const { db, clock } = deps;
  // Counted before the workspace's counter is held.
  const figures = await inOrg(db, orgId, (tx) => newFigures(tx, orgId, runId));
  if (figures === null) return;
  const run = await inOrg(db, orgId, (tx) => writeFigures(tx, orgId, runId, figures, clock()));
  if (run) publishRun(deps, orgId, run);
}

type Figures = RunCounts & { actual_cost_cents: number };

/** The run's figures of now, or null when its row says the same or is final. */
async function newFigures(tx: Tx, orgId: string, runId: string): Promise<Figures | null> {
  const run = await loadRun(tx, orgId, runId, 'read');
  if (isTerminal(run.status)) return null;
  const { counts } = await countRun(tx, orgId, runId);
  const figures = { ...counts, actual_cost_cents: microusdToCents(run.actual_cost_microusd) };
  const changed = Object.entries(figures).some(([name, value]) => run[name as keyof Figures] !== value);
  return changed ? figures : null;
}

async function writeFigures(
  tx: Tx,
  orgId: string,
  runId: string,
  figures: Figures,
  now: number,
): Promise<WireCollectionRun | null> {
  await lockCounter(tx, orgId);
  const current = await tx
    .selectFrom('collection_runs')
    .select(['status', 'heartbeat_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const last = current.heartbeat_at?.getTime() ?? 0;
  // An ended run has its final figures; another process may have written some just now.
  if (isTerminal(current.status) || (now >= last && now - last < REFRESH_MS)) return null;
  const version = await takeVersions(tx, orgId, 1);
  const at = new Date(now);
  const row = await tx
    .updateTable('collection_runs')
    .set({ ...figures, version, updated_at: at, heartbeat_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toWireRow(collectionRuns, row);
}
