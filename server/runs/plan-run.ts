import { createHash } from 'node:crypto';
import { findMarketplace } from '#lib/domain/marketplace.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import type { ListedProduct, RunRequest } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { problemsOf } from '#server/http/answer-error.ts';
import type { Category, Department } from '#server/sources/categories.ts';
import { findCategory } from '#server/sources/categories.ts';
import type { Run } from './run.ts';
import type { FoundProduct, ProductSource, SellerSource, Sources } from '#server/sources/source.ts';

/** A request for a run, checked: everything it names exists and can be used. */
export interface RunPlan {
  productSource: ProductSource;
  sellerSource: SellerSource;
  categories: { category: Category; department: Department }[];
  /** Distinct products that are there from the beginning: the person's own list, or what failed in another run. */
  products: FoundProduct[];
  settings: RunSettings;
}

/**
 * Settings that the request leaves out are the workspace's `defaults`, else the program's. Throws
 * `unknown_ids` for what does not exist, `invalid_request` for what does not fit together.
 */
export function planRun(request: RunRequest, sources: Sources, defaults: Partial<RunSettings>): RunPlan {
  const isList =
    request.product_source === undefined ? request.products !== undefined : request.product_source === 'list';
  const productSource = findSource(
    sources.product,
    'product_source',
    request.product_source ?? (isList ? 'list' : 'catalogue'),
  );
  const sellerSource = findSource(sources.seller, 'seller_source', request.seller_source ?? 'catalogue');
  const categories = findCategories(request.category_ids ?? []);
  if (isList) {
    if (!request.products?.length) throw invalid('products', 'A run over my list needs products.');
    if (categories.length > 0) throw invalid('category_ids', 'A run over my list takes no categories.');
  } else {
    if (categories.length === 0) throw invalid('category_ids', 'Choose at least one category.');
    if (request.products !== undefined) throw invalid('products', 'Products go with the source “list” only.');
  }
  return {
    productSource,
    sellerSource,
    categories,
    products: isList ? listProducts(request.products ?? []) : [],
    settings: readSettings(request.settings, defaults),
  };
}

/**
 * A run over categories and products that another run has had already, whose sources and settings these are.
 * Throws as `planRun` does.
 */
export function planAgain(
  { category_ids, products }: { category_ids: readonly string[]; products: FoundProduct[] },
  { product_source, seller_source, settings }: Pick<Run, 'product_source' | 'seller_source' | 'settings'>,
  sources: Sources,
): RunPlan {
  const productSource = category_ids.length === 0 ? 'list' : product_source;
  return {
    productSource: findSource(sources.product, 'product_source', productSource),
    sellerSource: findSource(sources.seller, 'seller_source', seller_source),
    categories: findCategories(category_ids),
    products,
    settings,
  };
}

/** Each category once. Throws `unknown_ids`. */
export function findCategories(given: readonly string[]): RunPlan['categories'] {
  const ids = [...new Set(given)];
  const unknown = ids.filter((id) => findCategory(id) === undefined);
  if (unknown.length > 0) throw new AppError('unknown_ids', { details: { category_ids: unknown } });
  return ids.flatMap((id) => findCategory(id) ?? []);
}

/** Throws `unknown_ids`, and `invalid_request` for a source without its keys. */
export function findSource<S extends ProductSource | SellerSource>(
  sources: ReadonlyMap<string, S>,
  field: string,
  id: string,
): S {
  const source = sources.get(id);
  if (!source) throw new AppError('unknown_ids', { details: { [field]: id } });
  if (!source.configured) throw invalid(field, `${source.name} is not configured on this server.`);
  return source;
}

/** All settings: those given, else the workspace's, else the program's. Throws `invalid_request` with their paths. */
export function readSettings(
  given: RunRequest['settings'],
  defaults: Partial<RunSettings>,
  path = 'settings',
): RunSettings {
  const parsed = runSettings.safeParse({ ...defaults, ...given });
  if (!parsed.success) {
    throw new AppError('invalid_request', { details: { problems: problemsOf(parsed.error, [path]) } });
  }
  if (!findMarketplace(parsed.data.marketplace)) throw invalid(`${path}.marketplace`, 'Not a known marketplace.');
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

/** `invalid_request` with one problem. */
export function invalid(path: string, message: string): AppError {
  return new AppError('invalid_request', { details: { problems: [{ path, message }] } });
}
