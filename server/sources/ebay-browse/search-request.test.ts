import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSettings } from '#lib/domain/run-settings.ts';
import { loadBrowseContract } from '#tests/helpers/browse-contract.ts';
import { searchRequest, searchWords } from './search-request.ts';

describe('requests to the Browse API', () => {
  const request = (settings: object = {}, price_cents: number | null = 5599, currency = 'USD', page = 1) =>
    searchRequest('https://api.ebay.com', {
      title: 'Surge Protector',
      price_cents,
      currency,
      settings: runSettings.parse(settings),
      page,
    }) ?? expect.fail();

  it('have the filters of the run', () => {
    const url = request();
    expect(url.origin + url.pathname).toBe('https://api.ebay.com/buy/browse/v1/item_summary/search');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      q: 'Surge Protector',
      filter:
        'buyingOptions:{FIXED_PRICE},conditionIds:{1000},maxDeliveryCost:0,itemLocationCountry:US,price:[44.79..67.19],priceCurrency:USD',
      limit: '200',
      offset: '0',
    });
    expect(request({}, 5599, 'USD', 3).searchParams.get('offset')).toBe('400');
    const open = request({ condition: 'any', free_shipping: false, location: null }, 5599, 'XOF');
    expect(open.searchParams.get('filter')).toBe('buyingOptions:{FIXED_PRICE}');
    const british = request(
      { marketplace: 'EBAY_GB', location: 'CN', price_band: { mode: 'markup', low: 10, high: 50 } },
      1000,
      'GBP',
    );
    expect(british.searchParams.get('filter')).toContain(
      'itemLocationCountry:CN,price:[11.00..15.00],priceCurrency:GBP',
    );
  });

  it('go to marketplaces that are known alone', () => {
    expect(() => request({ marketplace: 'EBAY_XX' })).toThrow(/not of the form/);
  });

  it.each([
    ['Cable (USB-C, 2 m) *new*', 'Cable USB-C 2 m new'],
    ['Kettle - black -steel --x', 'Kettle black steel x'],
    ['  "quoted"\u00a0 title\n', 'quoted title'],
    ['***', ''],
    ['caf\uFFFD table \ud83d', 'caf table'],
    ['\uFFFD', ''],
    [`${'word '.repeat(30)}`, Array.from({ length: 20 }, () => 'word').join(' ')],
    ['x'.repeat(150), 'x'.repeat(100)],
    [`${'x'.repeat(99)}😀`, 'x'.repeat(99)],
  ])('search %j by %j', (title, words) => {
    expect(searchWords(title)).toBe(words);
  });

  const contract = loadBrowseContract();
  it.skipIf(contract === null)('are what the OpenAPI document describes (skipped without ../shared)', () => {
    const settings = fc.record({
      condition: fc.constantFrom('new', 'any'),
      free_shipping: fc.boolean(),
      location: fc.constantFrom('US', 'CN', null),
      price_band: fc.constantFrom(null, { mode: 'share', low: 80, high: 120 }),
    });
    const title = fc.string({ unit: 'grapheme', maxLength: 300 });
    const headers = { 'x-ebay-c-marketplace-id': 'EBAY_US' };
    fc.assert(
      fc.property(settings, title, fc.integer({ min: 1, max: 5 }), (given, text, page) => {
        const query = { title: text, price_cents: 1999, currency: 'USD', settings: runSettings.parse(given), page };
        const url = searchRequest('https://api.ebay.com', query);
        if (url === null) return;
        expect(contract?.problems(url, headers)).toEqual([]);
        const q = url.searchParams.get('q') ?? '';
        expect(q.length).toBeGreaterThan(0);
        expect(q.length).toBeLessThanOrEqual(100);
        expect(q).not.toMatch(/[*(),\uFFFD]/);
      }),
    );
    // It would notice.
    const wrong = new URL('https://api.ebay.com/buy/browse/v1/item_summary/search?q=x&filters=y&q=z');
    expect(contract?.problems(wrong, { 'x-ebay-marketplace': 'EBAY_US' })).toEqual([
      'no parameter filters',
      'q twice',
      'no header x-ebay-marketplace',
    ]);
  });
});
