import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runSettings } from '#lib/domain/run-settings.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { buildItemSummary } from '#tests/fixtures/ebay-api/build-item-summary.ts';
import { sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { brokenAnswers } from '#tests/helpers/broken-answers.ts';
import { loadBrowseContract } from '#tests/helpers/browse-contract.ts';
import type { EbayApiOptions, EbayApiStandIn } from '#tests/helpers/ebay-api-stand-in.ts';
import { ebayKeys, startEbayApi } from '#tests/helpers/ebay-api-stand-in.ts';
import type { BrokenAnswer } from '#tests/helpers/start-stand-in.ts';
import { createEbayBrowse } from './create-ebay-browse.ts';

const sellers = sampleSellers(450);
const items = sellers.map((seller, at) => buildItemSummary(seller, at, at % 5 === 0 ? 'CN' : 'US'));
/** The built items by pages, as eBay gives them. */
const paged: EbayApiOptions['search'] = (url) => {
  const [offset, limit] = [Number(url.searchParams.get('offset')), Number(url.searchParams.get('limit'))];
  return { total: items.length, itemSummaries: items.slice(offset, offset + limit) };
};

describe('eBay’s Browse API', () => {
  const started: EbayApiStandIn[] = [];
  afterEach(() => Promise.all(started.splice(0).map((standIn) => standIn.stop())));

  const start = async (options: EbayApiOptions) => {
    const standIn = await startEbayApi(options);
    started.push(standIn);
    return standIn;
  };
  const now = Date.parse('2026-11-21T12:00:00Z');
  const open = (
    url: string,
    more: { secret?: string; timeoutMs?: number; clock?: () => number; calls?: number } = {},
  ) => {
    let left = more.calls ?? Number.POSITIVE_INFINITY;
    const takeCall = () => ((left -= 1) < 0 ? Promise.reject(new AppError('quota')) : Promise.resolve());
    const { secret: clientSecret = ebayKeys.clientSecret, timeoutMs = 20_000, clock = () => now } = more;
    const source = createEbayBrowse({ url, clientId: ebayKeys.clientId, clientSecret, timeoutMs, takeCall }, clock);
    return (query: { page?: number; title?: string; settings?: object; signal?: AbortSignal } = {}) =>
      source.search({
        title: query.title ?? 'Surge Protector',
        price_cents: 5599,
        currency: 'USD',
        settings: runSettings.parse(query.settings ?? {}),
        page: query.page ?? 1,
        attempt: 0,
        signal: query.signal ?? new AbortController().signal,
      });
  };

  it('gives sellers with feedback and country, page by page', async () => {
    const standIn = await start({ search: paged });
    const search = open(standIn.url);
    const pages = [await search(), await search({ page: 2 }), await search({ page: 3 })];
    expect(pages.map(({ has_more }) => has_more)).toEqual([true, true, false]);
    expect(pages.flatMap((page) => page.warnings)).toEqual([]);
    const found = pages.flatMap((page) => page.sellers);
    expect(found).toEqual(
      sellers.map(({ name, percent, count }, at) => ({
        name,
        platform_id: null,
        feedback_percent: Number(percent.toFixed(1)),
        feedback_count: count,
        country: at % 5 === 0 ? 'CN' : 'US',
      })),
    );
    expect(standIn.searches.map((url) => url.searchParams.get('offset'))).toEqual(['0', '200', '400']);
    expect(standIn.marketplaces).toEqual(['EBAY_US', 'EBAY_US', 'EBAY_US']);
    expect(standIn.tokens()).toBe(1);
  });

  it('takes a seller once, and passes over items that name none', async () => {
    const [first = expect.fail()] = items;
    const nameless = { ...first, seller: { feedbackScore: 500 } };
    const odd = { ...first, seller: { username: 'odd', feedbackPercentage: '', feedbackScore: -1 }, itemLocation: {} };
    const standIn = await start({
      search: () => ({ total: 5, itemSummaries: [first, first, nameless, {}, null, odd] }),
    });
    const found = await open(standIn.url)();
    expect(found.sellers.map(({ name }) => name)).toEqual([first.seller.username, 'odd']);
    expect(found.sellers[1]).toMatchObject({ feedback_percent: null, feedback_count: null, country: null });
    const sandbox = await start({ search: () => ({ total: 1, itemSummaries: [nameless] }) });
    expect(await open(sandbox.url)()).toMatchObject({
      sellers: [],
      warnings: [expect.stringContaining('named no seller')],
    });
  });

  it('finds nothing without an error', async () => {
    const standIn = await start({ search: () => ({ total: 0 }) });
    expect(await open(standIn.url)()).toEqual({ sellers: [], has_more: false, warnings: [] });
    expect(await open(standIn.url)({ title: '(*)' })).toMatchObject({ sellers: [], has_more: false });
    expect(standIn.searches).toHaveLength(1);
  });

  it('passes on what eBay warns of', async () => {
    const warnings = [
      { errorId: 12_002, domain: 'API_BROWSE', category: 'REQUEST', message: 'The price value is invalid.' },
    ];
    const standIn = await start({ search: (url) => ({ ...paged(url), total: 1, warnings }) });
    expect((await open(standIn.url)()).warnings).toEqual(['eBay warns: The price value is invalid. (12002)']);
  });

  it('keeps its token until shortly before it ends, for all searches together', async () => {
    const standIn = await start({ search: paged });
    let at = now;
    const search = open(standIn.url, { clock: () => at });
    await Promise.all(Array.from({ length: 8 }, () => search()));
    expect(standIn.tokens()).toBe(1);
    at += 7_000_000;
    await search();
    expect(standIn.tokens()).toBe(1);
    at += 150_000;
    await search();
    expect(standIn.tokens()).toBe(2);
  });

  it('fetches another when eBay no longer takes the one it has', async () => {
    const standIn = await start({ search: paged });
    const search = open(standIn.url);
    await search();
    standIn.endTokens();
    expect((await search()).sellers).toHaveLength(200);
    expect(standIn.tokens()).toBe(2);
  });

  it('one search that is cancelled does not take the token from the others', async () => {
    const standIn = await start({ search: paged });
    const search = open(standIn.url);
    const stop = new AbortController();
    const both = Promise.allSettled([search({ signal: stop.signal }), search()]);
    stop.abort(new Error('cancelled'));
    const results = await both;
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(standIn.tokens()).toBe(1);
  });

  it('counts every call of the day, a repeated one too, and makes none when there are none left', async () => {
    const standIn = await start({ search: paged });
    const search = open(standIn.url, { calls: 2 });
    await search();
    await search();
    await expect(search()).rejects.toMatchObject({ code: 'quota' });
    expect(standIn.searches).toHaveLength(2);
    const again = open(standIn.url, { calls: 2 });
    await again();
    standIn.endTokens();
    await expect(again()).rejects.toMatchObject({ code: 'quota' });
  });

  it('tells when the day’s calls, used up elsewhere, are renewed', async () => {
    const errors = [{ errorId: 2001, domain: 'ACCESS', category: 'REQUEST', message: 'Too many requests.' }];
    const body = JSON.stringify({ errors });
    const over = await start({ search: () => ({ http: 429, body }) });
    await expect(open(over.url)()).rejects.toMatchObject({
      code: 'quota',
      details: { error_id: 2001, resets_at: Date.parse('2026-11-22T08:00:00Z') },
    });
    const slow = await start({ search: () => ({ http: 429, headers: { 'retry-after': '5' }, body }) });
    await expect(open(slow.url)()).rejects.toMatchObject({ code: 'rate_limited', details: { retry_after_ms: 5000 } });
  });

  it.each([
    [400, 12_023, 'This keyword search results in a response that is too large to return.'],
    [409, 12_019, 'The marketplace is not supported.'],
    [500, 12_000, 'There was a problem with an eBay internal system or process.'],
  ])('passes on the words of an error %i', async (http, errorId, message) => {
    const body = JSON.stringify({ errors: [{ errorId, domain: 'API_BROWSE', category: 'REQUEST', message }] });
    const standIn = await start({ search: () => ({ http, body }) });
    await expect(open(standIn.url)()).rejects.toMatchObject({
      code: 'http_error',
      message: `eBay answered: ${message}`,
      details: { status: http, error_id: errorId },
    });
  });

  it.each<[string, BrokenAnswer, object]>(brokenAnswers)(
    'answers %s, in a search and for a token, with an error of its own',
    async (_, given, error) => {
      const timeoutMs = 'silent' in given ? 500 : 20_000;
      const standIn = await start({ search: () => given });
      await expect(open(standIn.url, { timeoutMs })()).rejects.toMatchObject(error);
      const mint = await start({ search: paged, token: () => given });
      await expect(open(mint.url, { timeoutMs })()).rejects.toMatchObject(error);
      expect(mint.searches).toEqual([]);
    },
  );

  it('names wrong keys and a missing configuration, and no secret', async () => {
    const standIn = await start({ search: paged });
    const wrong = await open(standIn.url, { secret: 'wrong:secret' })().catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'auth' });
    expect(inspect(wrong, { depth: 10 })).not.toContain('wrong:secret');
    const scope = await start({ search: paged, token: () => ({ http: 400, body: '{"error":"invalid_scope"}' }) });
    await expect(open(scope.url)()).rejects.toMatchObject({ code: 'auth' });
    expect(createEbayBrowse(null, () => now).configured).toBe(false);
  });

  const contract = loadBrowseContract();
  it.skipIf(contract === null)(
    'is stood in for as its OpenAPI document describes (skipped without ../shared)',
    async () => {
      const standIn = await start({ search: paged });
      await open(standIn.url)();
      const url = standIn.searches[0] ?? expect.fail();
      const authorization = 'Bearer v^1.1#i^1#t1';
      const answer: unknown = await (
        await fetch(url, { headers: { authorization, 'X-EBAY-C-MARKETPLACE-ID': 'EBAY_US' } })
      ).json();
      expect(contract?.answer.safeParse(answer).error).toBeUndefined();
      expect(contract?.answer.safeParse({ itemSummaries: [{ seller: { feedbackScore: '1' } }] }).success).toBe(false);
      for (const id of [12_001, 12_006, 12_023, 12_029]) expect(contract?.errorIds(400)).toContain(id);
      expect(contract?.errorIds(200)).toContain(12_002);
      expect(contract?.errorIds(409)).toContain(12_019);
      const unknown = new URL(url);
      unknown.searchParams.set('page', '2');
      expect((await fetch(unknown, { headers: { authorization } })).status).toBe(400);
    },
  );

  const real = join(process.cwd(), '../shared/fixtures/api');
  it.skipIf(!existsSync(real))('reads real answers (skipped without ../shared)', async () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(join(real, file), 'utf8'));
    const named = z.object({
      total: z.number(),
      itemSummaries: z.array(
        z.object({
          seller: z.object({ username: z.string(), feedbackPercentage: z.string(), feedbackScore: z.number() }),
        }),
      ),
    });
    const american = named.parse(read('browse-search-us-2026-08.partial14of20.json'));
    const given = read('browse-search-us-2026-08.partial14of20.json') as { total: number; itemSummaries: unknown[] };
    expect(contract?.answer.safeParse(given).error).toBeUndefined();
    const standIn = await start({ search: () => given });
    const found = await open(standIn.url)();
    const shown = american.itemSummaries.map(({ seller }) => [
      seller.username,
      Number(seller.feedbackPercentage),
      seller.feedbackScore,
    ]);
    expect(shown).toHaveLength(14);
    const distinct = [...new Map(shown.map((row) => [row[0], row])).values()];
    expect(
      found.sellers.map(({ name, feedback_percent, feedback_count }) => [name, feedback_percent, feedback_count]),
    ).toEqual(distinct);

    const sandbox = read('browse-sandbox-no-username.partial.json') as { itemSummaries: unknown[] };
    const nameless = await start({ search: () => ({ total: 1, itemSummaries: sandbox.itemSummaries }) });
    expect(await open(nameless.url)()).toMatchObject({ sellers: [] });

    const abroad = read('browse-items-2026-08-03.partial.json') as Record<string, unknown>;
    const foreign = await start({
      search: () => ({ total: 2, itemSummaries: [abroad['item_fixed'], abroad['item_auction_with_bids']] }),
    });
    expect((await open(foreign.url)()).sellers).toEqual([
      { name: 'schloast', platform_id: null, feedback_percent: 100, feedback_count: 747, country: 'GB' },
      { name: 'patheticcards', platform_id: null, feedback_percent: 100, feedback_count: 67, country: 'US' },
    ]);

    const errors = read('ebay-errors.json') as Record<'401_real' | '429_real' | '400_doc', { body: unknown }>;
    for (const [status, key, code] of [
      [401, '401_real', 'auth'],
      [429, '429_real', 'quota'],
      [400, '400_doc', 'http_error'],
    ] as const) {
      const failing = await start({ search: () => ({ http: status, body: JSON.stringify(errors[key].body) }) });
      await expect(open(failing.url)()).rejects.toMatchObject({ code });
    }
    const { response_200: token } = read('ebay-oauth-token.json') as { response_200: unknown };
    const mint = await start({ search: paged, token: () => ({ http: 200, body: JSON.stringify(token) }) });
    await expect(open(mint.url)()).rejects.toMatchObject({ code: 'auth', details: { error_id: 1001 } });
  });
});
