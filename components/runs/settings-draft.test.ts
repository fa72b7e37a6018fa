import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runSettings } from '#lib/domain/run-settings.ts';
import { defaultSettings, draftToSettings, settingsToDraft } from './settings-draft.ts';

const draft = settingsToDraft(defaultSettings);

describe('settings in a form', () => {
  test('come out as they went in, whatever they are', () => {
    const name = fc.stringMatching(/^[a-z0-9._-]{1,30}$/);
    const settings = fc.record({
      marketplace: fc.constantFrom('EBAY_US', 'EBAY_DE'),
      condition: fc.constantFrom('new' as const, 'any' as const),
      free_shipping: fc.boolean(),
      location: fc.constantFrom('US', 'CN', null),
      price_band: fc.option(
        fc
          .record({
            mode: fc.constantFrom('share' as const, 'markup' as const),
            low: fc.integer({ min: 0, max: 500 }),
            more: fc.integer({ min: 0, max: 500 }),
          })
          .map(({ mode, low, more }) => ({ mode, low, high: low + more })),
      ),
      pages_per_product: fc.integer({ min: 1, max: 5 }),
      min_feedback: fc.option(fc.integer({ min: 0, max: 100 })),
      max_feedback: fc.option(fc.integer({ min: 100, max: 1_000_000 })),
      products_per_category: fc.integer({ min: 1, max: 100 }),
      exclude_sellers: fc.uniqueArray(name, { maxLength: 5 }),
      parallel: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(settings, (one) => {
        expect(runSettings.safeParse(one).success).toBe(true);
        expect(draftToSettings(settingsToDraft(one))).toEqual({ settings: one, problems: null });
      }),
    );
  });

  test.each([
    [{ pages_per_product: '6' }, ['pages_per_product']],
    [{ pages_per_product: '' }, ['pages_per_product']],
    [{ parallel: '2.5' }, ['parallel']],
    [{ parallel: '21', products_per_category: '0' }, ['parallel', 'products_per_category']],
    [{ band_low: '130' }, ['band_high']],
    [{ band_high: 'much' }, ['band_high']],
    [{ min_feedback: '500', max_feedback: '100' }, ['max_feedback']],
    [{ min_feedback: '-1' }, ['min_feedback']],
    [{ exclude_sellers: 'x'.repeat(201) }, ['exclude_sellers']],
  ])('%o is told where it is wrong', (change, fields) => {
    expect(Object.keys(draftToSettings({ ...draft, ...change }).problems ?? {}).sort()).toEqual(fields);
  });

  test('a price band that is not asked for is not looked at', () => {
    expect(draftToSettings({ ...draft, band: 'none', band_low: 'x' }).settings?.price_band).toBeNull();
  });

  test('names are taken from lines and commas, each once', () => {
    const { settings } = draftToSettings({ ...draft, exclude_sellers: 'one, two\n two \n\nthree;' });
    expect(settings?.exclude_sellers).toEqual(['one', 'two', 'three']);
  });

  test('thousands may have separators', () => {
    expect(draftToSettings({ ...draft, max_feedback: '12,000' }).settings?.max_feedback).toBe(12_000);
  });
});
