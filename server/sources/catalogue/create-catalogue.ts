import type { ProductQuery, ProductSource, SellerQuery, SellerSource } from '../source.ts';
import { wait } from '../wait.ts';
import { throwFault } from './fault.ts';
import { unsupportedByCatalogue } from './unsupported-by-catalogue.ts';
import { LIST_LENGTH, PAGE_SIZE, productAt } from './products.ts';
import { searchResults } from './search-results.ts';
import { seededRandom } from './seeded-random.ts';

export interface CatalogueOptions {
  /** Factor on every delay; 0: none. At 1 a page takes 150 to 450 ms, as a quick provider's does. */
  delay: number;
  /** Factor on how often calls are throttled or fail; 0: never. */
  faults: number;
}

const who = { id: 'catalogue', name: 'Built-in catalogue', configured: true } as const;

/** Sources that need no keys: made-up products and sellers, the same on every machine. */
export function createCatalogue(options: CatalogueOptions): { product: ProductSource; seller: SellerSource } {
  const call = async (key: string, attempt: number, signal: AbortSignal): Promise<void> => {
    const ms = (150 + seededRandom(`delay:${key}`)() * 300) * options.delay;
    if (ms > 0) await wait(ms, signal);
    else signal.throwIfAborted();
    throwFault(key, attempt, options.faults);
  };
  return {
    product: {
      ...who,
      currency: 'USD',
      pageSize: PAGE_SIZE,
      async bestSellers({ category, page, limit, attempt, signal }: ProductQuery) {
        await call(`best:${category.id}:${page}`, attempt, signal);
        const from = (page - 1) * PAGE_SIZE;
        const to = Math.min(from + PAGE_SIZE, limit, LIST_LENGTH);
        const places = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
        return {
          products: places.map((place) => productAt(category, place)),
          has_more: to < Math.min(limit, LIST_LENGTH),
        };
      },
    },
    seller: {
      ...who,
      unsupported: unsupportedByCatalogue,
      async search({ title, page, attempt, signal }: SellerQuery) {
        await call(`search:${title}:${page}`, attempt, signal);
        return searchResults(title, page);
      },
    },
  };
}
