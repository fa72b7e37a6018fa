import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from './price-text.ts';
import { parseProductList } from './product-list.ts';

describe('parsePrice', () => {
  it.each([
    ['$55.99', 5599, 'USD'],
    ['XOF 6,765', 676_500, 'XOF'],
    ['12,99 €', 1299, 'EUR'],
    ['12,99\u00a0€', 1299, 'EUR'],
    ['€ 112,99', 11_299, 'EUR'],
    ['£9.99', 999, 'GBP'],
    ['₹9,999.99', 999_999, 'INR'],
    ['9\u00a0999,99\u00a0kr', 999_999, 'SEK'],
    ['S$9.5', 950, 'SGD'],
    ['1.234,50 €', 123_450, 'EUR'],
    ['15', 1500, null],
  ])('reads %s', (text, cents, currency) => {
    expect(parsePrice(text)).toEqual({ price_cents: cents, currency });
  });

  it.each(['', 'free', '128GB', '$', '1,2,3', '-5', '$5 €'])('does not take %j for a price', (text) => {
    expect(parsePrice(text)).toBeNull();
  });

  it('takes a bare dollar for the currency it is told', () => {
    expect(parsePrice('$5', 'CAD')).toEqual({ price_cents: 500, currency: 'CAD' });
  });

  it('reads back every amount of cents in both notations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
        const american = (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
        const german = (cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 });
        expect(parsePrice(`$${american}`)?.price_cents).toBe(cents);
        expect(parsePrice(`${german} €`)?.price_cents).toBe(cents);
      }),
    );
  });
});

describe('parseProductList', () => {
  it('reads lines of title and price, commas in both', () => {
    const list = parseProductList(
      'Apple iPad, 128GB, Blue, $329.00\r\n\r\nCord Protector, XOF 5,073\nKindle 16 GB\nPlain; 12,99 €',
    );
    expect(list.problems).toEqual([]);
    expect(list.products.map(({ title, price_cents, currency }) => [title, price_cents, currency])).toEqual([
      ['Apple iPad, 128GB, Blue', 32_900, 'USD'],
      ['Cord Protector', 507_300, 'XOF'],
      ['Kindle 16 GB', null, null],
      ['Plain', 1299, 'EUR'],
    ]);
  });

  it('reads CSV with its columns in any order', () => {
    const list = parseProductList(
      '\uFEFFPrice,ASIN,Title\n$5.00,B08JHCVHTY,"A ""quoted"", title"\n,,No price\nmany,,Odd price\n$1,,\n',
    );
    expect(list.products).toEqual([
      { title: 'A "quoted", title', price_cents: 500, currency: 'USD', asin: 'B08JHCVHTY' },
      { title: 'No price', price_cents: null, currency: null, asin: null },
      { title: 'Odd price', price_cents: null, currency: null, asin: null },
    ]);
    expect(list.problems).toEqual([
      { line: 4, reason: 'price_not_understood' },
      { line: 5, reason: 'no_title' },
    ]);
  });

  it('never throws and never gives an empty title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const product of parseProductList(text).products) expect(product.title.trim()).not.toBe('');
      }),
    );
  });

  const captured = join(process.cwd(), '../shared/data/amazon-bestsellers-electronics-2026-03.csv');
  it.skipIf(!existsSync(captured))(
    'reads thirty captured best sellers priced in XOF (skipped without ../shared)',
    () => {
      const list = parseProductList(readFileSync(captured, 'utf8'));
      expect(list.problems).toEqual([]);
      expect(list.products).toHaveLength(30);
      expect(new Set(list.products.map((product) => product.currency))).toEqual(new Set(['XOF']));
      expect(list.products[0]).toEqual({
        title: 'blink plus plan with monthly auto-renewal',
        price_cents: 676_500,
        currency: 'XOF',
        asin: 'B08JHCVHTY',
      });
    },
  );
});
