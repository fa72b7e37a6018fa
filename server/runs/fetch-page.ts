import { AppError } from '#lib/shared/app-error.ts';
import { findCategory } from '#server/sources/categories.ts';
import type { FoundPage } from './desk/hand-in.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

/** What the unit is searching, as a person reads it. */
export function unitTitle(unit: Unit): string {
  return unit.kind === 'category' ? (findCategory(unit.key)?.category.name ?? unit.key) : String(unit.data['title']);
}

/** One call of the unit's source. `has_more` says whether the run wants and the source has another page. */
export async function fetchPage(worker: Worker, unit: Unit, page: number, attempt: number): Promise<FoundPage> {
  const { settings } = worker.run;
  const call = { page, attempt, signal: worker.calls };
  if (unit.kind === 'category') {
    const source = worker.deps.sources.product.get(worker.run.product_source);
    const category = findCategory(unit.key)?.category;
    if (!source || !category) throw new AppError('internal', { details: { category: unit.key } });
    return {
      kind: 'category',
      ...(await source.bestSellers({ ...call, category, limit: settings.products_per_category })),
    };
  }
  const source = worker.deps.sources.seller.get(worker.run.seller_source);
  if (!source) throw new AppError('internal', { details: { source: worker.run.seller_source } });
  const { price_cents, currency } = unit.data;
  const found = await source.search({
    ...call,
    title: unitTitle(unit),
    price_cents: typeof price_cents === 'number' ? price_cents : null,
    currency: typeof currency === 'string' ? currency : null,
    settings,
  });
  return { kind: 'product', ...found, has_more: found.has_more && page < settings.pages_per_product };
}
