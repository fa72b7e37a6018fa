import fc from 'fast-check';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { cleanName, nameProblem, normalizeName } from '#lib/domain/seller.ts';
import type { EbayPage } from '#lib/ebay/read-page.ts';
import { readEbayPage } from '#lib/ebay/read-page.ts';
import { blockedKinds, buildBlockedPage } from '#tests/fixtures/ebay-page/build-blocked-page.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { wordings } from '#tests/fixtures/ebay-page/feedback-text.ts';
import type { Listing } from '#tests/fixtures/ebay-page/listing.ts';
import { sellerVariants } from '#tests/fixtures/ebay-page/listing.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';

const SEARCH = 'https://www.ebay.com/sch/i.html?_nkw=test';

function read(html: string, url = SEARCH): EbayPage {
  return readEbayPage(parseHTML(html).document, url);
}

const hostileNames = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  'bob 5% (3)',
  '99% (3)',
  '100% positive (5)',
  'x (12) 99%',
  '= =cmd|calc',
  'a&amp;b',
  '../../etc',
  'ünïcode_名前',
  'everything*and*anything*for*sale',
  '__proto__',
  'x'.repeat(200),
];

const name = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9._*-]{1,40}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.constantFrom(...hostileNames),
  )
  .filter((text) => nameProblem(text) === null && cleanName(text).length <= 200);
const seller = fc.record({
  name,
  percent: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
  count: fc.nat({ max: 5_000_000 }),
});
const listing: fc.Arbitrary<Listing> = fc.record({
  seller: fc.option(seller, { freq: 6 }),
  variant: fc.constantFrom(...sellerVariants, 'gallery' as const),
});
const style = fc.record({
  unquoted: fc.boolean(),
  noise: fc.constantFrom('', ' ', '\n    ', '<!--F#f_0-->', '\n<!--F/-->\t'),
});
const page = fc.record({
  listings: fc.array(listing, { maxLength: 12 }),
  wording: fc.constantFrom(...wordings),
  style,
});

/** What a person reading the page could name, in order. */
function namesOf(listings: readonly Listing[]): string[] {
  return listings.flatMap(({ seller: shown, variant }) =>
    shown === null || variant === 'gallery' ? [] : [cleanName(shown.name)],
  );
}

describe('built pages', () => {
  test('exactly the sellers that the page shows, whatever its variant, language and markup', () => {
    fc.assert(
      fc.property(page, ({ listings, wording, style: written }) => {
        const { kind, sellers, occurrences } = read(buildSearchPage(listings, { wording, style: written }));
        const names = namesOf(listings);
        expect(kind).toBe('search');
        expect(occurrences.map((one) => one.name)).toEqual(names);
        expect(sellers.map((one) => normalizeName(one.name))).toEqual([...new Set(names.map(normalizeName))]);
      }),
      { numRuns: soakRuns(300) },
    );
  });

  test.each(wordings)('percent and count in "$words", short $short', (wording) => {
    const shown = sampleSellers(40);
    const { occurrences } = read(buildSearchPage(sampleListings(shown), { wording }));
    expect(occurrences.map((one) => one.feedback_percent)).toEqual(shown.map((one) => one.percent));
    const counts = shown.map(({ count }) => (wording.short && count >= 1000 ? Math.floor(count / 100) * 100 : count));
    expect(occurrences.map((one) => one.feedback_count)).toEqual(counts);
  });

  test('a page cut off or damaged anywhere never throws', () => {
    const whole = buildSearchPage(sampleListings(sampleSellers(6)), { style: { unquoted: true, noise: '\n' } });
    const cut = fc.tuple(fc.nat({ max: whole.length }), fc.nat({ max: 400 }), fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(cut, ([from, length, junk]) => {
        const { sellers } = read(whole.slice(0, from) + junk + whole.slice(from + length));
        expect(sellers.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: soakRuns(200) },
    );
  });
});

describe('which page it is', () => {
  const html = buildSearchPage(sampleListings(sampleSellers(3)));
  test.each([
    ['https://www.ebay.de/sch/i.html?_nkw=x', 'search'],
    ['https://www.ebay.co.uk/sch/Bags/169291/i.html', 'search'],
    ['http://127.0.0.1:8080/sch/i.html', 'search'],
    ['https://www.ebay.com/b/Watches/14324/bn_1', 'search'],
    ['https://www.ebay.com/sch/i.html?_ssn=someone', 'seller'],
    ['https://www.ebay.com/sch/someone/m.html', 'seller'],
    ['https://www.ebay.com/usr/someone', 'seller'],
    ['https://www.ebay.com/itm/123', 'item'],
    ['https://www.ebay.com/mye/myebay', 'other'],
    ['not an address', 'other'],
  ])('%s is %s', (url, kind) => {
    expect(read(html, url).kind).toBe(kind);
  });

  test('an unknown structure at a search address is not an empty result', () => {
    expect(read('<html><body><p>Something else</p></body></html>').kind).toBe('other');
  });

  test('a result list without results is a search', () => {
    expect(read(buildSearchPage([])).kind).toBe('search');
  });

  test.each(blockedKinds)('%s is blocked', (kind) => {
    expect(read(buildBlockedPage(kind)).kind).toBe('blocked');
  });

  test('a result page about error pages is not blocked', () => {
    expect(read(buildSearchPage(sampleListings(sampleSellers(2)), { title: 'Error Page for sale | eBay' })).kind).toBe(
      'search',
    );
  });
});
