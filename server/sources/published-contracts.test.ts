import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runSettings } from '#lib/domain/run-settings.ts';
import { buildOxylabsBestSeller, buildRapidApiBestSeller } from '#tests/fixtures/build-best-seller.ts';
import type { StandIn } from '#tests/helpers/start-stand-in.ts';
import { startStandIn } from '#tests/helpers/start-stand-in.ts';
import { text } from 'node:stream/consumers';
import { findCategory } from './categories.ts';
import { createEbayBrowse } from './ebay-browse/create-ebay-browse.ts';
import { createBestSellers } from './oxylabs/create-best-sellers.ts';
import { createOxylabs } from './oxylabs/create-oxylabs.ts';
import { createRapidApi } from './rapidapi/create-rapidapi.ts';

/** What providers publish, beside the checkout where it is. */
const file = join(process.cwd(), '../shared/contracts/PROVIDERS.md');
const there = existsSync(file);

interface Asked {
  method: string;
  url: URL;
  headers: Record<string, unknown>;
  body: string;
}

/** Requests as the clients make them, beside the examples that the providers publish. */
describe.skipIf(!there)(`requests and published examples${there ? '' : ' (skipped: ../shared is absent)'}`, () => {
  const published = there ? readFileSync(file, 'utf8') : '';
  let standIn: StandIn;
  const asked: Asked[] = [];
  beforeAll(async () => {
    standIn = await startStandIn(async (request, response) => {
      const { method = '', headers } = request;
      asked.push({ method, url: new URL(request.url ?? '', standIn.url), headers, body: await text(request) });
      const isToken = request.url?.includes('oauth2') === true;
      response.writeHead(isToken ? 200 : 500).end('{"access_token":"t","expires_in":7200}');
    });
  });
  afterAll(() => standIn.stop());

  const category = findCategory('pet-cats')?.category ?? expect.fail();
  const signal = new AbortController().signal;
  const list = { category, page: 1, limit: 10, attempt: 0, signal };
  const search = {
    title: 'x',
    price_cents: 100,
    currency: 'USD',
    settings: runSettings.parse({}),
    page: 1,
    attempt: 0,
    signal,
  };
  const oxylabs = () => ({ url: standIn.url, username: 'u', password: 'p', timeoutMs: 5000 });
  const requestsOf = async (call: Promise<unknown>): Promise<Asked[]> => {
    asked.length = 0;
    await expect(call).rejects.toMatchObject({ code: 'http_error' });
    return [...asked];
  };
  const match = (pattern: RegExp): string => pattern.exec(published)?.[1] ?? expect.fail(`${pattern} is not there`);
  const keysOf = (json: string): string[] => Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(json)));
  const words = (list: string): string[] => list.split(',').map((word) => word.replace(/["\s]/g, ''));

  it('are alike for Oxylabs’ best sellers', async () => {
    const [request] = await requestsOf(createBestSellers(oxylabs(), () => undefined).bestSellers(list));
    const example = match(/`(\{"source":"amazon_bestsellers"[^`]*\})`/);
    expect(keysOf(request?.body ?? '')).toEqual(keysOf(example));
    expect(request?.url.pathname).toBe(new URL(match(/`POST (https:\/\/realtime[^`]+)`/)).pathname);
    const fields = words(match(/"results":\[\{("pos"[^}]*)\}\]/));
    expect(Object.keys(buildOxylabsBestSeller(1)).toSorted()).toEqual(fields.toSorted());
  });

  it('are alike for any page through Oxylabs, without rendering', async () => {
    const [request] = await requestsOf(createOxylabs(oxylabs()).search(search));
    const example = keysOf(match(/`(\{"source":"universal"[^`]*\})`/));
    expect(keysOf(request?.body ?? '')).toEqual(example.filter((key) => key !== 'render'));
  });

  it('are alike for RapidAPI', async () => {
    const source = createRapidApi({ url: standIn.url, key: 'k', timeoutMs: 5000 });
    const [request] = await requestsOf(source.bestSellers(list));
    const example = new URL(match(/`GET (https:\/\/real-time-amazon-data[^`]+)`/));
    expect(request?.url.pathname).toBe(example.pathname);
    expect([...(request?.url.searchParams.keys() ?? [])]).toEqual([...example.searchParams.keys()]);
    expect(request?.headers).toMatchObject({ 'x-rapidapi-key': 'k', 'x-rapidapi-host': example.host });
    expect(published).toContain('`X-RapidAPI-Key`, `X-RapidAPI-Host`');
    const fields = words(match(/"best_sellers":\[\{(rank[^}]*)\}\]/));
    expect(Object.keys(buildRapidApiBestSeller(1)).toSorted()).toEqual(fields.toSorted());
  });

  it('are alike for eBay’s token and search', async () => {
    const keys = { url: standIn.url, clientId: 'i', clientSecret: 's', timeoutMs: 5000 };
    const source = createEbayBrowse({ ...keys, takeCall: () => Promise.resolve() }, Date.now);
    const [token, found] = await requestsOf(source.search(search));
    expect(token?.url.pathname).toBe(new URL(match(/`POST (https:\/\/api\.ebay[^`]+)`/)).pathname);
    const form = new URLSearchParams(match(/`(grant_type=[^`]+)`/));
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual(Object.fromEntries(form));
    expect(found?.url.pathname).toBe(new URL(match(/`GET (https:\/\/api\.ebay[^`]+search)`/)).pathname);
    expect(found?.headers).toHaveProperty(match(/header `(X-EBAY-C-MARKETPLACE-ID)`/).toLowerCase());
  });
});
