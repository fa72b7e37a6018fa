import { describe, expect, it } from 'vitest';
import { isForeignPrice, priceBand } from './price-band.ts';

const share = { marketplace: 'EBAY_US', price_band: { mode: 'share' as const, low: 80, high: 120 } };

describe('the price band of a search', () => {
  it('is a share of the price, or the price with a markup, rounded outwards', () => {
    expect(priceBand({ price_cents: 5599, currency: 'USD' }, share)).toEqual({ low_cents: 4479, high_cents: 6719 });
    const markup = { ...share, price_band: { mode: 'markup' as const, low: 0, high: 33.3 } };
    expect(priceBand({ price_cents: 1001, currency: null }, markup)).toEqual({ low_cents: 1001, high_cents: 1335 });
  });

  it.each([
    ['the price is in another currency', { price_cents: 676_500, currency: 'XOF' }, share],
    ['there is no price', { price_cents: null, currency: 'USD' }, share],
    ['the price is nothing', { price_cents: 0, currency: 'USD' }, share],
    ['the run wants none', { price_cents: 100, currency: 'USD' }, { ...share, price_band: null }],
  ])('is absent when %s', (_, price, settings) => {
    expect(priceBand(price, settings)).toBeNull();
  });

  it('calls a price foreign by its currency alone', () => {
    expect(isForeignPrice({ price_cents: 1, currency: 'EUR' }, 'EBAY_DE')).toBe(false);
    expect(isForeignPrice({ price_cents: 1, currency: 'USD' }, 'EBAY_DE')).toBe(true);
    expect(isForeignPrice({ price_cents: null, currency: 'USD' }, 'EBAY_DE')).toBe(false);
  });
});
