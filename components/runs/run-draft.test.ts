import { describe, expect, test } from 'vitest';
import { parseProductList } from '#lib/domain/product-list.ts';
import { draftRequest, emptyChoice, planToChoice } from './run-draft.ts';
import { defaultSettings, settingsToDraft } from './settings-draft.ts';

const list = parseProductList('');
const some = { ...emptyChoice, categories: new Set(['b', 'a']), list };

describe('the request for a draft', () => {
  test('leaves out what nobody chose, so that the workspace’s defaults hold', () => {
    expect(draftRequest(some)).toEqual({ category_ids: ['a', 'b'] });
  });

  test('carries settings and sources that were chosen', () => {
    const settings = { ...settingsToDraft(defaultSettings), pages_per_product: '1' };
    expect(draftRequest({ ...some, settings, productSource: 'catalogue', sellerSource: 'oxylabs' })).toEqual({
      category_ids: ['a', 'b'],
      product_source: 'catalogue',
      seller_source: 'oxylabs',
      settings: { ...defaultSettings, pages_per_product: 1 },
    });
  });

  test('is none while nothing is chosen, or a setting is wrong', () => {
    expect(draftRequest({ ...emptyChoice, list })).toBeNull();
    expect(draftRequest({ ...some, from: 'list' })).toBeNull();
    const settings = { ...settingsToDraft(defaultSettings), parallel: '99' };
    expect(draftRequest({ ...some, settings })).toBeNull();
  });
});

test('of a preset’s categories those count that there are today', () => {
  const choice = planToChoice(
    {
      id: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a01',
      name: 'Kitchen',
      category_ids: ['a', 'gone'],
      product_source: 'catalogue',
      seller_source: 'catalogue',
      settings: { ...defaultSettings, parallel: 9 },
      created_by: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a02',
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    },
    new Set(['a', 'b']),
  );
  expect(choice.categories).toEqual(new Set(['a']));
  expect(choice.settings?.parallel).toBe('9');
  expect(choice.from).toBe('categories');
});
