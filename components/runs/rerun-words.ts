import { count } from '#components/ui/format.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

type Ended = Pick<CollectionRun, 'category_ids' | 'failed_items' | 'products_found'>;

/** What of an ended run the new one takes up, and what not. */
export function rerunWords(run: Ended, only: 'failed' | null): string {
  if (only === 'failed') {
    const failed = count(run.failed_items, 'product');
    return `Searches again for the ${failed} whose search failed, and reads the categories again that could not be read. Products that were searched or skipped are left out.`;
  }
  if (run.category_ids.length === 0)
    return `Searches again for ${count(run.products_found, 'product')} of its list, as the list was then.`;
  const categories = count(run.category_ids.length, 'category', 'categories');
  return `Looks up the best-sellers of ${categories} as they are now, and searches for each of them.`;
}
