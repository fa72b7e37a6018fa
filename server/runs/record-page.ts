import { isTerminal } from '#lib/domain/run.ts';
import { lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { FoundProduct, FoundSeller } from '#server/sources/source.ts';
import type { RecordedSellers } from './record-sellers.ts';
import { recordSellers } from './record-sellers.ts';
import { loadRun } from './run.ts';
import { addCategoryProducts } from './sql/add-category-products.ts';
import { recordProducts } from './sql/record-products.ts';
import { settleUnit } from './sql/settle-unit.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

export type FoundPage =
  | { kind: 'category'; products: FoundProduct[]; has_more: boolean }
  | { kind: 'product'; sellers: FoundSeller[]; has_more: boolean; warnings?: readonly string[] };

export interface RecordedPage {
  /** Whether this worker goes on with the unit's next page. */
  goesOn: boolean;
  sellers: RecordedSellers | null;
  products: number;
}

/**
 * Writes all that a page gave, its cost and the unit's next page in one transaction: after a kill at
 * any moment a page is either wholly there or fetched again. Null, and nothing written, when the
 * unit is no longer this worker's or the run has ended.
 */
export async function recordPage(
  { deps, options, run }: Worker,
  unit: Unit,
  page: number,
  found: FoundPage,
): Promise<RecordedPage | null> {
  return inOrg(deps.db, run.org_id, async (tx) => {
    await lockCounter(tx, run.org_id);
    const current = await loadRun(tx, run.org_id, run.id, 'lock');
    if (isTerminal(current.status)) return null;
    const goesOn = found.has_more && current.status === 'running';
    const settled = await settleUnit(tx, unit, options.owner, {
      status: goesOn ? 'processing' : found.has_more ? 'pending' : 'completed',
      nextPage: page + 1,
      paid: true,
      error: null,
      wait: null,
    });
    if (!settled) return null;
    return { goesOn, ...(await recordFound(tx, unit, found, current.settings, deps.clock())) };
  });
}

async function recordFound(
  tx: Tx,
  unit: Unit,
  found: FoundPage,
  settings: Worker['run']['settings'],
  now: number,
): Promise<Pick<RecordedPage, 'sellers' | 'products'>> {
  const ids = { orgId: unit.org_id, runId: unit.run_id };
  if (found.kind === 'product') {
    return { sellers: await recordSellers(tx, { ...ids, settings }, found.sellers, now), products: 0 };
  }
  const products = await recordProducts(tx, ids, found.products, unit.key);
  await addCategoryProducts(tx, unit, found.products.length);
  return { sellers: null, products };
}
