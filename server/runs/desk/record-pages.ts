import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Tx } from '#server/db/in-org.ts';
import { recordSellers } from '../record-sellers.ts';
import { addCategoryProducts } from '../sql/add-category-products.ts';
import { recordProducts } from '../sql/record-products.ts';
import type { Unit } from '../unit.ts';
import type { FoundPage } from './hand-in.ts';

export type RecordedPage =
  | { kind: 'category'; products: number }
  /** `skipped`: passed over because they were deleted for good. */
  | { kind: 'product'; sellers: number; added: number; skipped: number };

export interface RecordedPages {
  /** By the place of what was handed in. */
  pages: ReadonlyMap<number, RecordedPage>;
  /** Sellers added or changed, as they are now; as many as were wanted. */
  rows: WireSeller[];
  /** Highest change number given to a seller; 0 when none was. */
  version: number;
}

/** Puts what pages showed into the run and the list, with the workspace's counter and the run locked. */
export async function recordPages(
  tx: Tx,
  run: { orgId: string; runId: string; settings: RunSettings },
  pages: readonly { at: number; unit: Unit; found: FoundPage }[],
  moment: { now: number; rowsWanted: number },
): Promise<RecordedPages> {
  const recorded = new Map<number, RecordedPage>();
  for (const { at, unit, found } of pages) {
    if (found.kind !== 'category') continue;
    const products = await recordProducts(tx, run, found.products, unit.key);
    await addCategoryProducts(tx, unit, found.products.length);
    recorded.set(at, { kind: 'category', products });
  }
  const searches = pages.flatMap(({ at, found }) => (found.kind === 'product' ? [{ at, sellers: found.sellers }] : []));
  const lists = searches.map(({ sellers }) => sellers);
  const { counts, ...rest } = await recordSellers(tx, run, lists, moment);
  for (const [place, { at }] of searches.entries()) {
    const count = counts[place];
    if (count !== undefined) recorded.set(at, { kind: 'product', ...count });
  }
  return { pages: recorded, ...rest };
}
