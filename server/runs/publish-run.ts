import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { RunDeps } from './run-deps.ts';

// Some ten rows of a seller fit into what Postgres lets a notification carry.
const SELLERS_PER_EVENT = 12;

/** Tells of a run's new state: those who may see it, or everybody once it has ended. */
export function publishRun(
  { hub }: Pick<RunDeps, 'hub'>,
  orgId: string,
  run: WireCollectionRun,
  activity?: number,
): void {
  const creator = isTerminal(run.status) ? undefined : run.created_by;
  hub.publish({ orgId, creator, event: 'run', data: run });
  hub.publish({ orgId, creator, event: 'change', data: { table: 'collection-runs', version: run.version } });
  if (activity !== undefined) {
    hub.publish({ orgId, creator, event: 'change', data: { table: 'activity', version: activity } });
  }
}

/** Tells everybody that the list has grown. */
export function publishSellersChange({ hub }: Pick<RunDeps, 'hub'>, orgId: string, version: number): void {
  hub.publish({ orgId, event: 'change', data: { table: 'sellers', version } });
}

/** Tells those who follow the run of sellers that it found. */
export function publishSellers(
  { hub }: Pick<RunDeps, 'hub'>,
  run: { org_id: string; id: string; created_by: string },
  rows: readonly WireSeller[],
): void {
  for (const items of chunk(rows, SELLERS_PER_EVENT)) {
    hub.publish({ orgId: run.org_id, creator: run.created_by, event: 'sellers', data: { run_id: run.id, items } });
  }
}

export type FeedLevel = 'info' | 'warning' | 'error';

/** A line of the live feed; never stored. */
export function publishFeed(
  { hub, clock }: Pick<RunDeps, 'hub' | 'clock'>,
  run: { org_id: string; id: string; created_by: string },
  line: { slot: number | null; text: string; level: FeedLevel },
): void {
  const data = { run_id: run.id, ...line, at: new Date(clock()).toISOString() };
  hub.publish({ orgId: run.org_id, creator: run.created_by, event: 'activity', data });
}
