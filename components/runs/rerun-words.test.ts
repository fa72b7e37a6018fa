import { expect, test } from 'vitest';
import { rerunWords } from './rerun-words.ts';

const run = { category_ids: ['a', 'b'], failed_items: 3, products_found: 40 };

test('says what is taken up, and what not', () => {
  expect(rerunWords(run, null)).toContain('best-sellers of 2 categories as they are now');
  expect(rerunWords({ ...run, category_ids: [] }, null)).toContain('40 products of its list');
  const words = rerunWords({ ...run, failed_items: 1 }, 'failed');
  expect(words).toContain('the 1 product whose search failed');
  expect(words).toContain('the categories again that could not be read');
});
