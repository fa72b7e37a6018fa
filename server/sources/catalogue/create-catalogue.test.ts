import { describe, expect, it } from 'vitest';
import { normalizeName } from '#lib/domain/seller.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { departments, findCategory } from '../categories.ts';
import { createCatalogue } from './create-catalogue.ts';
import { POOL_SIZE, sellerOfRank } from './seller-pool.ts';

const { signal } = new AbortController();
const settings = runSettings.parse({});
const quick = createCatalogue({ delay: 0, faults: 0 });
const categories = departments.flatMap((department) => department.categories);
const first = categories[0] ?? expect.fail();

async function productsOf(categoryId: string, limit: number) {
  const category = findCategory(categoryId)?.category ?? expect.fail();
  const products = [];
  for (let page = 1; ; page += 1) {
    const answer = await quick.product.bestSellers({ category, page, limit, attempt: 0, signal });
    products.push(...answer.products);
    if (!answer.has_more) return products;
  }
}

const search = (title: string, page: number, catalogue = quick, attempt = 0) =>
  catalogue.seller.search({ title, price_cents: null, currency: null, settings, page, attempt, signal });

describe('the built-in catalogue', () => {
  it('has 15 departments and 75 categories with distinct ids and nodes', () => {
    expect(departments).toHaveLength(15);
    expect(new Set(categories.map((category) => category.id)).size).toBe(75);
    expect(new Set(categories.map((category) => category.node_id)).size).toBe(75);
  });

  it('gives exactly the products asked for, and the same ones again', async () => {
    for (const limit of [1, 10, 20, 25, 100]) expect(await productsOf(first.id, limit)).toHaveLength(limit);
    expect(await productsOf(first.id, 20)).toEqual(await productsOf(first.id, 20));
  });

  it('shows some products in two categories of a department', async () => {
    const ids = [];
    for (const category of departments[0]?.categories ?? []) ids.push(...(await productsOf(category.id, 100)));
    const distinct = new Set(ids.map((product) => product.external_id)).size;
    expect(distinct).toBeLessThan(ids.length);
    expect(distinct).toBeGreaterThan(ids.length * 0.85);
  });

  it('names every seller of the pool differently', () => {
    const names = new Set<string>();
    for (let rank = 0; rank < POOL_SIZE; rank += 1) names.add(normalizeName(sellerOfRank(rank).name));
    expect(names.size).toBe(POOL_SIZE);
  });

  it('has a few sellers that most searches find and a long tail found once', async () => {
    const found = new Map<string, number>();
    for (const product of await productsOf(first.id, 50)) {
      const names = new Set<string>();
      for (let page = 1; page <= 3; page += 1)
        for (const seller of (await search(product.title, page)).sellers) names.add(seller.name);
      for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
    }
    const counts = [...found.values()];
    expect(Math.max(...counts)).toBeGreaterThan(25);
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(counts.length / 2);
  });

  it('throttles and fails now and then, and succeeds on the next try', async () => {
    const faulty = createCatalogue({ delay: 0, faults: 5 });
    const codes = new Map<string, number>();
    for (let at = 0; at < 200; at += 1) {
      try {
        await search(`thing ${at}`, 1, faulty);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
        expect((await search(`thing ${at}`, 1, faulty, 1)).sellers.length).toBeGreaterThan(0);
      }
    }
    expect([...codes.keys()].toSorted()).toEqual(['http_error', 'rate_limited']);
  });

  it('stops at once when told to', async () => {
    const stop = new AbortController();
    const slow = createCatalogue({ delay: 1000, faults: 0 });
    const running = slow.seller.search({
      title: 'x',
      price_cents: null,
      currency: null,
      settings,
      page: 1,
      attempt: 0,
      signal: stop.signal,
    });
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});
