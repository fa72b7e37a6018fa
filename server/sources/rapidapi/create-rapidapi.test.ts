import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departments, findCategory } from '#server/sources/categories.ts';
import { buildRapidApiBestSeller } from '#tests/fixtures/build-best-seller.ts';
import { brokenAnswers } from '#tests/helpers/broken-answers.ts';
import { rapidApiKey, startRapidApi } from '#tests/helpers/rapidapi-stand-in.ts';
import type { BrokenAnswer } from '#tests/helpers/start-stand-in.ts';
import { categoryPath } from './category-path.ts';
import { createRapidApi } from './create-rapidapi.ts';

const headphones = findCategory('electronics-headphones')?.category ?? expect.fail();

describe('Amazon best sellers through RapidAPI', () => {
  let standIn: Awaited<ReturnType<typeof startRapidApi>>;
  let answer: { best_sellers: unknown[] } | BrokenAnswer;
  beforeAll(async () => {
    standIn = await startRapidApi(() => answer);
  });
  afterAll(() => standIn.stop());

  const ask = ({ page = 1, limit = 100, key = rapidApiKey, timeoutMs = 20_000 } = {}) =>
    createRapidApi({ url: standIn.url, key, timeoutMs }).bestSellers({
      category: headphones,
      page,
      limit,
      attempt: 0,
      signal: new AbortController().signal,
    });

  it('reads title, price, ASIN and place of a category', async () => {
    answer = {
      best_sellers: [buildRapidApiBestSeller(1), buildRapidApiBestSeller(2, { asin: null, product_price: '' })],
    };
    expect(await ask()).toEqual({
      products: [
        { external_id: 'B000000001', title: 'Thing 1', price_cents: 199, currency: 'USD', rank: 1 },
        { external_id: 'B000000002', title: 'Thing 2', price_cents: null, currency: null, rank: 2 },
      ],
      has_more: true,
    });
    expect(standIn.queries.at(-1)).toEqual({
      category: 'electronics/12097479011',
      type: 'BEST_SELLERS',
      page: '1',
      country: 'US',
    });
  });

  it('has a path for every category', () => {
    const ids = departments.flatMap(({ categories }) => categories.map(({ id }) => id));
    const paths = ids.map(categoryPath);
    expect(paths.filter((path) => !/^[a-z-]+\/\d+$/.test(path ?? ''))).toEqual([]);
    expect(new Set(paths).size).toBe(ids.length);
  });

  it('goes on to the second page, and takes each product once', async () => {
    answer = {
      best_sellers: [
        buildRapidApiBestSeller(51),
        buildRapidApiBestSeller(51),
        { nonsense: 1 },
        buildRapidApiBestSeller(52),
      ],
    };
    const second = await ask({ page: 2 });
    expect(second).toMatchObject({ products: [{ rank: 51 }, { rank: 52 }], has_more: false });
    answer = { best_sellers: [] };
    expect(await ask()).toEqual({ products: [], has_more: false });
  });

  const shared = join(process.cwd(), '../shared/data/amazon-best-sellers-2024-16-countries.csv');
  it.skipIf(!existsSync(shared))('reads prices of sixteen countries (skipped without ../shared)', async () => {
    const rows = Papa.parse<Record<string, string>>(readFileSync(shared, 'utf8'), { header: true }).data;
    const american = rows.filter(({ country }) => country === 'US').slice(0, 50);
    answer = { best_sellers: american.map((row, at) => buildRapidApiBestSeller(at + 1, { ...row, rank: at + 1 })) };
    const { products } = await ask();
    const priced = american.filter(({ product_price: price }) => /^\$[\d,]+\.\d\d$/.test(price ?? ''));
    expect(priced.length).toBeGreaterThan(10);
    expect(products).toHaveLength(american.length);
    const shown = products.flatMap(({ price_cents }) => (price_cents === null ? [] : [(price_cents / 100).toFixed(2)]));
    expect(shown).toEqual(priced.map(({ product_price: price = '' }) => price.replace(/[$,]/g, '')));
    expect(products.every(({ currency, price_cents }) => currency === (price_cents === null ? null : 'USD'))).toBe(
      true,
    );
  });

  it.each<[string, BrokenAnswer, object]>([
    ...brokenAnswers,
    ['an error of the API', { http: 200, body: '{"status":"ERROR","error":{"message":"x"}}' }, { code: 'parse_error' }],
    [
      'a plan that is used up',
      { http: 429, headers: { 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': '3600' } },
      { code: 'quota', details: { resets_at: expect.any(Number) } },
    ],
    [
      'a plan that is used too fast',
      { http: 429, headers: { 'x-ratelimit-requests-remaining': '77', 'retry-after': '2' } },
      { code: 'rate_limited', details: { retry_after_ms: 2000 } },
    ],
  ])('answers %s with an error of its own', async (_, given, error) => {
    answer = given;
    await expect(ask({ timeoutMs: 'silent' in given ? 500 : 20_000 })).rejects.toMatchObject(error);
  });

  it('names a wrong key and a missing configuration', async () => {
    await expect(ask({ key: 'wrong' })).rejects.toMatchObject({ code: 'auth' });
    expect(createRapidApi(null).configured).toBe(false);
  });
});
