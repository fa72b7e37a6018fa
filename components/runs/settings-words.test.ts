import { expect, test } from 'vitest';
import { defaultSettings } from './settings-draft.ts';
import { settingsLine } from './settings-words.ts';

test('settings are told in one line', () => {
  expect(settingsLine(defaultSettings)).toBe(
    'eBay United States · new · free shipping · 80–120 % of the Amazon price · 3 pages · 20 products a category · 5 at once',
  );
  expect(
    settingsLine({
      ...defaultSettings,
      marketplace: 'EBAY_GB',
      condition: 'any',
      free_shipping: false,
      location: 'CN',
      price_band: { mode: 'markup', low: 10, high: 2000 },
      pages_per_product: 1,
      min_feedback: 50,
      max_feedback: 12_000,
      exclude_sellers: ['one'],
    }),
  ).toBe(
    'eBay United Kingdom · any condition · from China · 10–2,000 % above the Amazon price · 1 page · feedback 50–12,000 · 20 products a category · without 1 seller · 5 at once',
  );
  expect(settingsLine({ ...defaultSettings, location: null, price_band: null, min_feedback: 5 })).toContain(
    'from anywhere · any price · 3 pages · feedback from 5',
  );
});
