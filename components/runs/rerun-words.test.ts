import { expect, test } from 'vitest';
import { failedWords, rerunWords } from './rerun-words.ts';

const run = { category_ids: ['a', 'b'], products_found: 40 };

test('says what is taken up, and what not', () => {
  expect(rerunWords(run, null)).toContain('best-sellers of 2 categories as they are now');
  expect(rerunWords({ ...run, category_ids: [] }, null)).toContain('40 products of its list');
  const both = rerunWords(run, { products: 1, categories: 2 });
  expect(both).toContain('the 1 product whose search failed. Reads again the 2 categories that could not be read');
});

test('says nothing of categories or of searches when none of them failed', () => {
  expect(rerunWords(run, { products: 3, categories: 0 })).not.toContain('categor');
  expect(rerunWords(run, { products: 0, categories: 1 })).toMatch(/^Reads again the 1 category that could not be read/);
  expect(failedWords({ products: 3, categories: 0 })).toBe('3 failed searches');
  expect(failedWords({ products: 0, categories: 1 })).toBe('1 failed category');
});
