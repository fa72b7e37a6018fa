import { count } from '#components/ui/format.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

type Ended = Pick<CollectionRun, 'category_ids' | 'products_found'>;

/** How much of an ended run failed. */
export interface Failed {
  /** Whose search failed. */
  products: number;
  /** That could not be read. */
  categories: number;
}

/** What there is to retry, such as “3 failed searches”: categories are named when nothing else failed. */
export function failedWords({ products, categories }: Failed): string {
  return products > 0
    ? count(products, 'failed search', 'failed searches')
    : count(categories, 'failed category', 'failed categories');
}

/** What of an ended run the new one takes up, and what not; all of it, or what failed alone. */
export function rerunWords(run: Ended, failed: Failed | null): string {
  if (failed !== null) {
    const { products, categories } = failed;
    return [
      products > 0 && `Searches again for the ${count(products, 'product')} whose search failed.`,
      categories > 0 &&
        `Reads again the ${count(categories, 'category', 'categories')} that could not be read, and searches for what they list.`,
      'Products that were searched or skipped are left out.',
    ]
      .filter((sentence) => sentence !== false)
      .join(' ');
  }
  if (run.category_ids.length === 0)
    return `Searches again for ${count(run.products_found, 'product')} of its list, as the list was then.`;
  const categories = count(run.category_ids.length, 'category', 'categories');
  return `Looks up the best-sellers of ${categories} as they are now, and searches for each of them.`;
}
