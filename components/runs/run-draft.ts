import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import type { ProductList } from '#lib/domain/product-list.ts';
import type { RunRequest } from '#lib/protocol/collection.ts';

/** What the dialog holds while a run is put together. */
export interface RunDraft {
  from: 'categories' | 'list';
  categories: ReadonlySet<string>;
  list: ProductList;
  productSource: string | null;
  sellerSource: string | null;
}

/** The request for a draft, or null while nothing is chosen. The same choice gives the same request. */
export function draftRequest(draft: RunDraft): RunRequest | null {
  const seller = draft.sellerSource === null ? {} : { seller_source: draft.sellerSource };
  if (draft.from === 'list') {
    if (draft.list.products.length === 0 || draft.list.products.length > MAX_PRODUCTS) return null;
    return { products: draft.list.products, product_source: 'list', ...seller };
  }
  if (draft.categories.size === 0) return null;
  const product = draft.productSource === null ? {} : { product_source: draft.productSource };
  return { category_ids: [...draft.categories].sort(), ...product, ...seller };
}
