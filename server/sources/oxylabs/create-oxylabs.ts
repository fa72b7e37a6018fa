import { parseHTML } from 'linkedom';
import { findMarketplace } from '#lib/domain/marketplace.ts';
import { readEbayPage } from '#lib/ebay/read-page.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { FoundSeller, SellerSource } from '../source.ts';
import type { OxylabsOptions } from './query-oxylabs.ts';
import { queryOxylabs } from './query-oxylabs.ts';
import { searchUrl } from './search-url.ts';

/** eBay's own search pages, fetched through Oxylabs and read by the overlay's parser. */
export function createOxylabs(options: OxylabsOptions | null): SellerSource {
  return {
    id: 'oxylabs',
    name: 'eBay search pages (Oxylabs)',
    configured: options !== null,
    async search({ signal, ...query }) {
      if (!options) throw new AppError('auth', { details: { missing: ['OXYLABS_USERNAME', 'OXYLABS_PASSWORD'] } });
      const url = searchUrl(query);
      const geo_location = findMarketplace(query.settings.marketplace)?.country ?? 'United States';
      const page = await queryOxylabs(options, { url: url.href, geo_location }, signal);
      return readSearchPage(page, url.href);
    },
  };
}

/**
 * Sellers of a fetched search page. A block page throws `blocked`, and so nothing that is not a
 * result page ever counts as "no sellers".
 */
export function readSearchPage(
  { html, status }: { html: string; status: number },
  url: string,
): { sellers: FoundSeller[]; has_more: boolean } {
  const { document } = parseHTML(html.trim() === '' ? '<!doctype html><html></html>' : html);
  const page = readEbayPage(document, url);
  if (page.kind === 'blocked') throw new AppError('blocked', { details: { status } });
  if (status === 429) throw new AppError('rate_limited', { details: { retry_after_ms: 10_000 } });
  if (status !== 200) throw new AppError('http_error', { details: { status } });
  if (page.kind !== 'search') throw new AppError('parse_error', { details: { reason: 'not_a_search_page' } });
  const sellers = page.sellers.map(({ name, feedback_percent, feedback_count }) => ({
    name,
    platform_id: null,
    feedback_percent,
    feedback_count,
  }));
  return { sellers, has_more: document.querySelector('a.pagination__next[href]:not([aria-disabled="true"])') !== null };
}
