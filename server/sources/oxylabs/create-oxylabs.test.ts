import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSettings } from '#lib/domain/run-settings.ts';
import { blockedKinds, buildBlockedPage } from '#tests/fixtures/ebay-page/build-blocked-page.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { brokenAnswers } from '#tests/helpers/broken-answers.ts';
import type { OxylabsStandIn, StandInAnswer } from '#tests/helpers/oxylabs-stand-in.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { createOxylabs } from './create-oxylabs.ts';

describe('eBay search pages through Oxylabs', () => {
  let standIn: OxylabsStandIn;
  let answer: StandInAnswer;
  beforeAll(async () => {
    standIn = await startOxylabs(() => answer);
  });
  afterAll(() => standIn.stop());

  const ask = (
    options: {
      settings?: object;
      price_cents?: number;
      currency?: string;
      password?: string;
      signal?: AbortSignal;
    } = {},
  ) =>
    createOxylabs({
      url: standIn.url,
      ...credentials,
      // Short for the answer that never comes alone: megabytes may take their time on a busy machine.
      timeoutMs: 'silent' in answer ? 500 : 20_000,
      ...(options.password && { password: options.password }),
    }).search({
      title: 'Surge Protector, 6 ft & "USB"',
      price_cents: options.price_cents ?? null,
      currency: options.currency ?? null,
      settings: runSettings.parse(options.settings ?? {}),
      page: 2,
      attempt: 0,
      signal: options.signal ?? new AbortController().signal,
    });

  const asked = () => standIn.asked.at(-1) ?? expect.fail();

  it('reads the sellers of a page with their feedback', async () => {
    const sellers = sampleSellers(30);
    answer = { html: buildSearchPage(sampleListings(sellers)) };
    const found = await ask();
    const shown = found.sellers.map(({ name, feedback_percent }) => [name, feedback_percent]);
    expect(shown).toEqual(sellers.map(({ name, percent }) => [name, percent]));
    expect(found.has_more).toBe(false);
    expect(new Set(found.sellers.map(({ country }) => country))).toEqual(new Set(['US']));
    expect((await ask({ settings: { location: null } })).sellers[0]?.country).toBeNull();
    answer = {
      html: buildSearchPage(sampleListings(sellers), {
        extra: '<a class=pagination__next href=/sch/i.html?_pgn=3>Next</a>',
      }),
    };
    expect((await ask()).has_more).toBe(true);
  });

  it('says so when a page shows items and names no seller', async () => {
    answer = { html: buildSearchPage(sampleListings(sampleSellers(5), 'gallery')) };
    expect(await ask()).toMatchObject({ sellers: [], warnings: ['eBay’s page named no seller of its items.'] });
    answer = { html: buildSearchPage([]) };
    expect((await ask()).warnings).toEqual([]);
  });

  it('asks with the filters of the run', async () => {
    answer = { html: buildSearchPage([]) };
    await ask({ price_cents: 5599, currency: 'USD' });
    const { host, pathname, searchParams } = asked();
    expect([host, pathname]).toEqual(['www.ebay.com', '/sch/i.html']);
    expect(Object.fromEntries(searchParams)).toEqual({
      _nkw: 'Surge Protector, 6 ft & "USB"',
      LH_ItemCondition: '1000',
      LH_Free: '1',
      LH_PrefLoc: '1',
      _udlo: '44.79',
      _udhi: '67.19',
      _ipg: '120',
      _pgn: '2',
    });
    await ask({
      price_cents: 5599,
      currency: 'XOF',
      settings: { condition: 'any', free_shipping: false, location: null },
    });
    expect([...asked().searchParams.keys()]).toEqual(['_nkw', '_ipg', '_pgn']);
    await ask({
      price_cents: 1000,
      settings: { marketplace: 'EBAY_GB', location: 'GB', price_band: { mode: 'markup', low: 10, high: 50 } },
    });
    const british = asked();
    expect([
      british.host,
      british.searchParams.get('LH_PrefLoc'),
      british.searchParams.get('_udlo'),
      british.searchParams.get('_udhi'),
    ]).toEqual(['www.ebay.co.uk', '1', '11.00', '15.00']);
  });

  it.each(blockedKinds)('takes a block page (%s) for blocked, never for an empty result', async (kind) => {
    answer = { html: buildBlockedPage(kind) };
    await expect(ask()).rejects.toMatchObject({ code: 'blocked' });
    answer = { html: buildBlockedPage(kind), status: 503 };
    await expect(ask()).rejects.toMatchObject({ code: 'blocked' });
  });

  it.each<[string, StandInAnswer, object]>([
    ...brokenAnswers,
    ['no results', { http: 200, body: '{"results":[]}' }, { code: 'parse_error' }],
    ['a parsed page', { parsed: { results: [] } }, { code: 'parse_error' }],
    ['an empty page', { html: '' }, { code: 'parse_error' }],
    ['a page that is no search', { html: '<html><title>Sign in</title></html>' }, { code: 'parse_error' }],
    ['a page of 10 MB of nothing', { html: 'x'.repeat(10 * 1024 * 1024) }, { code: 'parse_error' }],
    ['a page eBay refused', { html: '<html></html>', status: 613 }, { code: 'http_error', details: { status: 613 } }],
  ])('answers %s with an error of its own', async (_, given, error) => {
    answer = given;
    await expect(ask()).rejects.toMatchObject(error);
  });

  it('names a wrong password and a missing configuration', async () => {
    answer = { html: buildSearchPage([]) };
    await expect(ask({ password: 'wrong' })).rejects.toMatchObject({ code: 'auth' });
    const unconfigured = createOxylabs(null);
    expect(unconfigured.configured).toBe(false);
  });

  it('stops at once when the run is cancelled', async () => {
    answer = { silent: true };
    const stop = new AbortController();
    const asking = ask({ signal: stop.signal });
    stop.abort(new Error('cancelled'));
    await expect(asking).rejects.toThrow('cancelled');
  });

  it('is unreachable without a server', async () => {
    const source = createOxylabs({ url: 'http://127.0.0.1:1', ...credentials, timeoutMs: 500 });
    const query = {
      title: 'x',
      price_cents: null,
      currency: null,
      settings: runSettings.parse({}),
      page: 1,
      attempt: 0,
    };
    await expect(source.search({ ...query, signal: new AbortController().signal })).rejects.toMatchObject({
      code: 'http_error',
    });
  });
});
