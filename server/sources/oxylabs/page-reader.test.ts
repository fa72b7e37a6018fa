import { describe, expect, it } from 'vitest';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { createPageReader } from './page-reader.ts';
import { readSearchPage } from './read-search-page.ts';

const url = 'https://www.ebay.com/sch/i.html?_nkw=x';
const page = (count: number) => ({ html: buildSearchPage(sampleListings(sampleSellers(count))), status: 200, url });

describe('reading of pages in a thread', () => {
  const read = createPageReader();

  it('gives what reading here gives, also to many at once', async () => {
    const pages = [5, 60, 0, 31].map(page);
    expect(await Promise.all(pages.map((each) => read(each)))).toEqual(pages.map(readSearchPage));
  });

  it('leaves the server free to answer meanwhile', async () => {
    // Some seconds of reading: with it in this thread no tick would come before its end.
    const reading = Promise.all(Array.from({ length: 4 }, () => read(page(2000)))).then(() => 'read');
    let ticks = 0;
    for (let ended: unknown = null; ended === null; ticks += 1)
      ended = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 1, null))]);
    expect(ticks).toBeGreaterThan(5);
  });

  it('goes on after a page that breaks it', async () => {
    const nested = { ...page(0), html: '<div>'.repeat(500_000) };
    const broken = [read(nested, 3000), read(page(3)), read(page(9), 0), read(page(4))];
    const results = await Promise.allSettled(broken);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[0]).toMatchObject({ reason: { code: 'parse_error' } });
    expect(results[2]).toMatchObject({ reason: { code: 'parse_error', details: { reason: 'too_slow' } } });
  });
});
