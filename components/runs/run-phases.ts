import { count, formatNumber } from '#components/ui/format.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

export interface PhaseProgress {
  value: number;
  max: number;
  text: string;
}

type Counts = Pick<
  CollectionRun,
  | 'status'
  | 'phase'
  | 'categories_total'
  | 'categories_completed'
  | 'products_total'
  | 'products_found'
  | 'total_items'
  | 'processed_items'
>;

/** Finding products on Amazon. It is done when the run has gone on to eBay. */
export function amazonProgress(run: Counts): PhaseProgress {
  if (run.phase === 'ebay') return { value: 1, max: 1, text: count(run.products_found, 'product') };
  if (run.products_total > 0) {
    return {
      value: run.products_found,
      max: run.products_total,
      text: `${formatNumber(run.products_found)} of ${formatNumber(run.products_total)} products`,
    };
  }
  const categories = `${formatNumber(run.categories_completed)} of ${formatNumber(run.categories_total)} categories`;
  return { value: run.categories_completed, max: run.categories_total, text: categories };
}

/** Searching eBay for each product. */
export function ebayProgress(run: Counts): PhaseProgress {
  if (run.phase === 'amazon') return { value: 0, max: 1, text: 'after Amazon' };
  const text = `${formatNumber(run.processed_items)} of ${formatNumber(run.total_items)} searched`;
  return { value: run.processed_items, max: run.total_items, text };
}
