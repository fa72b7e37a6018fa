import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import type { Tx } from '#server/db/in-org.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { UnitKind } from './unit.ts';
import { toWireRow } from './wire-row.ts';

/** A run as the server works with it: the synced row and what stays on the server. */
export interface Run extends CollectionRun {
  org_id: string;
  actual_cost_microusd: number;
  reserved_cost_microusd: number;
}

export type PauseReason = NonNullable<CollectionRun['pause_reason']>;

/** Price of one call of each side, as it was when the run was made. */
export interface CallPrices {
  product: number;
  seller: number;
}

/** The run, locked when told to. Throws `not_found`. */
export async function loadRun(tx: Tx, orgId: string, runId: string, lock: 'lock' | 'read'): Promise<Run> {
  const query = tx.selectFrom('collection_runs').selectAll().where('org_id', '=', orgId).where('id', '=', runId);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return {
    ...rowFromWire(collectionRuns, toWireRow(collectionRuns, row)),
    org_id: row.org_id,
    actual_cost_microusd: row.actual_cost_microusd,
    reserved_cost_microusd: row.reserved_cost_microusd,
  };
}

export function callPrices(run: Pick<CollectionRun, 'checkpoint'>): CallPrices {
  const prices = run.checkpoint?.['microusd_per_call'];
  if (typeof prices !== 'object' || prices === null) return { product: 0, seller: 0 };
  const { product, seller } = prices as Partial<CallPrices>;
  return { product: Number(product ?? 0), seller: Number(seller ?? 0) };
}

export const priceOf = (prices: CallPrices, kind: UnitKind): number =>
  kind === 'category' ? prices.product : prices.seller;

/** The synced row alone. */
export function rowOfRun(run: Run): CollectionRun {
  const { org_id: _org, actual_cost_microusd: _actual, reserved_cost_microusd: _reserved, ...row } = run;
  return row;
}
