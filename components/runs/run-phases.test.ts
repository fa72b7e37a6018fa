import { expect, test } from 'vitest';
import { amazonProgress, ebayProgress } from './run-phases.ts';

const run = {
  status: 'running' as const,
  phase: 'amazon' as const,
  categories_total: 2,
  categories_completed: 1,
  products_total: 0,
  products_found: 0,
  total_items: 0,
  processed_items: 0,
};

test('while products are looked up, the eBay bar is empty', () => {
  expect(amazonProgress(run)).toEqual({ value: 1, max: 2, text: '1 of 2 categories' });
  const known = { ...run, products_total: 2000, products_found: 1500 };
  expect(amazonProgress(known)).toEqual({ value: 1500, max: 2000, text: '1,500 of 2,000 products' });
  expect(ebayProgress(known).value).toBe(0);
});

test('while eBay is searched, the Amazon bar is full, also when fewer products were found than hoped for', () => {
  const searching = {
    ...run,
    phase: 'ebay' as const,
    products_total: 40,
    products_found: 38,
    total_items: 38,
    processed_items: 19,
  };
  expect(amazonProgress(searching)).toEqual({ value: 1, max: 1, text: '38 products' });
  expect(amazonProgress({ ...searching, products_found: 1 }).text).toBe('1 product');
  expect(ebayProgress(searching)).toEqual({ value: 19, max: 38, text: '19 of 38 searched' });
});
