import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCategory } from '#server/sources/categories.ts';
import { buildOxylabsBestSeller } from '#tests/fixtures/build-best-seller.ts';
import { brokenAnswers } from '#tests/helpers/broken-answers.ts';
import type { OxylabsStandIn, StandInAnswer } from '#tests/helpers/oxylabs-stand-in.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { createBestSellers } from './create-best-sellers.ts';

const cats = findCategory('pet-cats')?.category ?? expect.fail();
const page = (results: unknown, parse_status_code = 12_000): StandInAnswer => ({
  parsed: { url: 'https://www.amazon.com/gp/bestsellers', page: 1, results, parse_status_code },
});

describe('Amazon best sellers through Oxylabs', () => {
  let standIn: OxylabsStandIn;
  let answer: StandInAnswer;
  const logged: unknown[] = [];
  beforeAll(async () => {
    standIn = await startOxylabs(
      () => ({ http: 400 }),
      () => answer,
    );
  });
  afterAll(() => standIn.stop());

  const ask = ({ page: at = 1, limit = 100, password = credentials.password, timeoutMs = 20_000 } = {}) =>
    createBestSellers({ url: standIn.url, ...credentials, password, timeoutMs }, (_level, _text, facts) =>
      logged.push(facts),
    ).bestSellers({ category: cats, page: at, limit, attempt: 0, signal: new AbortController().signal });

  it('reads title, price, ASIN and place', async () => {
    answer = page([
      buildOxylabsBestSeller(1),
      buildOxylabsBestSeller(2, { asin: undefined, price: 6765, currency: 'XOF' }),
    ]);
    expect((await ask()).products).toEqual([
      { external_id: 'B000000001', title: 'Thing 1', price_cents: 1199, currency: 'USD', rank: 1 },
      { external_id: 'B000000002', title: 'Thing 2', price_cents: 676_500, currency: 'XOF', rank: 2 },
    ]);
    expect(standIn.lists.at(-1)).toEqual({
      source: 'amazon_bestsellers',
      domain: 'com',
      query: cats.node_id,
      start_page: 1,
      parse: true,
    });
    expect(logged).toEqual([]);
  });

  it('goes through both pages of the list and never takes more than wanted', async () => {
    const fifty = Array.from({ length: 50 }, (_, at) => buildOxylabsBestSeller(at + 1));
    answer = page(fifty);
    const first = await ask({ limit: 60 });
    expect([first.products.length, first.has_more]).toEqual([50, true]);
    const second = await ask({ limit: 60, page: 2 });
    // This page counts from 1 again, as some do.
    expect([second.products.length, second.has_more, second.products[0]?.rank]).toEqual([10, false, 51]);
    expect(standIn.lists.at(-1)?.start_page).toBe(2);
    const few = await ask({ limit: 20 });
    expect([few.products.length, few.has_more]).toEqual([20, false]);
    expect((await ask({ limit: 100, page: 2 })).has_more).toBe(false);
    answer = page([]);
    expect(await ask()).toEqual({ products: [], has_more: false });
  });

  it('takes each product once, and passes over what is none', async () => {
    const odd = [
      buildOxylabsBestSeller(1),
      buildOxylabsBestSeller(1),
      buildOxylabsBestSeller(2, { title: '  ' }),
      { nonsense: true },
      null,
      buildOxylabsBestSeller(3, { asin: '', url: '/x' }),
    ];
    answer = page(odd);
    expect((await ask()).products.map(({ external_id }) => external_id)).toEqual(['B000000001']);
    expect(logged.splice(0)).toMatchObject([{ category: 'pet-cats', surprises: ['product_not_understood'] }]);
  });

  it.each<[unknown, unknown, number | null, string | null]>([
    [0, 'USD', null, null],
    [null, null, null, null],
    [undefined, 'USD', null, null],
    [-3, 'USD', null, null],
    [19.99, null, 1999, 'USD'],
    [0.29, 'USD', 29, 'USD'],
    [1e300, 'USD', null, null],
    ['$1,299.00', null, 129_900, 'USD'],
    ['12,99', 'EUR', 1299, 'EUR'],
    ['from 5', 'EUR', null, null],
  ])('takes the price %j in %j for %j cents', async (price, currency, cents, of) => {
    answer = page([buildOxylabsBestSeller(1, { price, currency })]);
    expect((await ask()).products[0]).toMatchObject({ price_cents: cents, currency: of });
  });

  it('logs prices of another form than it knows', async () => {
    logged.length = 0;
    answer = page([buildOxylabsBestSeller(1, { price: '$5' })]);
    await ask();
    answer = page(Array.from({ length: 12 }, (_, at) => buildOxylabsBestSeller(at + 1, { price: 1999 })));
    await ask();
    expect(logged).toMatchObject([{ surprises: ['price_is_text'] }, { surprises: ['prices_are_whole_numbers'] }]);
  });

  it.each<[string, StandInAnswer, object]>([
    ...brokenAnswers,
    [
      'a page that was not parsed',
      { html: '<html></html>' },
      { code: 'parse_error', details: { reason: 'not_parsed' } },
    ],
    [
      'a page that could not be parsed',
      page([], 12_002),
      { code: 'parse_error', details: { parse_status_code: 12_002 } },
    ],
    ['results that are no list', page('none'), { code: 'parse_error' }],
    [
      'a page Amazon refused',
      { parsed: { results: [] }, status: 613 },
      { code: 'http_error', details: { status: 613 } },
    ],
    ['a page Amazon was slow with', { parsed: { results: [] }, status: 429 }, { code: 'rate_limited' }],
  ])('answers %s with an error of its own', async (_, given, error) => {
    answer = given;
    await expect(ask({ timeoutMs: 'silent' in given ? 500 : 20_000 })).rejects.toMatchObject(error);
  });

  it('names a wrong password and a missing configuration', async () => {
    answer = page([]);
    await expect(ask({ password: 'wrong' })).rejects.toMatchObject({ code: 'auth' });
    const without = createBestSellers(null, () => undefined);
    expect(without.configured).toBe(false);
    const query = { category: cats, page: 1, limit: 1, attempt: 0, signal: new AbortController().signal };
    await expect(without.bestSellers(query)).rejects.toMatchObject({ code: 'auth' });
  });
});
