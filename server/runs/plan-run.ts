import { createHash } from 'node:crypto';
import { findMarketplace } from '#lib/domain/marketplace.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import type { ListedProduct, RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { problemsOf } from '#server/http/answer-error.ts';
import type { Category, Department } from '#server/sources/categories.ts';
import { findCategory } from '#server/sources/categories.ts';
import type { FoundProduct, ProductSource, SellerSource, Sources } from '#server/sources/source.ts';

/** A request for a run, checked: everything it names exists and can be used. */
export interface RunPlan {
  productSource: ProductSource;
  sellerSource: SellerSource;
  categories: { category: Category; department: Department }[];
  /** Distinct products of the person's own list; empty for a run over categories. */
  products: FoundProduct[];
  settings: RunSettings;
}

/** Throws `unknown_ids` for what does not exist, `invalid_request` for what does not fit together. */
export function planRun(request: RunRequest, sources: Sources): RunPlan {
  const isList =
    request.product_source === undefined ? request.products !== undefined : request.product_source === 'list';
  const productSource = findSource(
    sources.product,
    'product_source',
    request.product_source ?? (isList ? 'list' : 'catalogue'),
  );
  const sellerSource = findSource(sources.seller, 'seller_source', request.seller_source ?? 'catalogue');
  const ids = [...new Set(request.category_ids ?? [])];
  if (isList) {
    if (!request.products?.length) throw invalid('products', 'A run over my list needs products.');
    if (ids.length > 0) throw invalid('category_ids', 'A run over my list takes no categories.');
  } else {
    if (ids.length === 0) throw invalid('category_ids', 'Choose at least one category.');
    if (request.products !== undefined) throw invalid('products', 'Products go with the source “list” only.');
  }
  const unknown = ids.filter((id) => findCategory(id) === undefined);
  if (unknown.length > 0) throw new AppError('unknown_ids', { details: { category_ids: unknown } });
  return {
    productSource,
    sellerSource,
    categories: ids.flatMap((id) => findCategory(id) ?? []),
    products: isList ? listProducts(request.products ?? []) : [],
    settings: readSettings(request.settings),
  };
}

function findSource<S extends ProductSource | SellerSource>(
  sources: ReadonlyMap<string, S>,
  field: string,
  id: string,
): S {
  const source = sources.get(id);
  if (!source) throw new AppError('unknown_ids', { details: { [field]: id } });
  if (!source.configured) throw invalid(field, `${source.name} is not configured on this server.`);
  return source;
}

function readSettings(given: RunRequest['settings']): RunSettings {
  const parsed = runSettings.safeParse(given ?? {});
  if (!parsed.success) {
    throw new AppError('invalid_request', { details: { problems: problemsOf(parsed.error, ['settings']) } });
  }
  if (!findMarketplace(parsed.data.marketplace)) throw invalid('settings.marketplace', 'Not a known marketplace.');
  return parsed.data;
}

function listProducts(products: readonly ListedProduct[]): FoundProduct[] {
  const byId = new Map<string, FoundProduct>();
  for (const { title, price_cents, currency, asin } of products) {
    const external_id =
      asin || `list:${createHash('sha256').update(title.normalize('NFKC').toLowerCase()).digest('hex').slice(0, 24)}`;
    if (byId.has(external_id)) continue;
    byId.set(external_id, {
      external_id,
      title,
      price_cents: price_cents ?? null,
      currency: currency ?? null,
      rank: null,
    });
  }
  return [...byId.values()];
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_request', { details: { problems: [{ path, message }] } });
}
