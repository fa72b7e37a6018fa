import { parseHTML } from 'linkedom';
import { findCards } from '#lib/ebay/find-cards.ts';
import { readEbayPage } from '#lib/ebay/read-page.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { FoundSeller } from '../source.ts';
import { throwForPage } from './query-oxylabs.ts';

export interface FetchedPage {
  html: string;
  status: number;
  url: string;
}

export interface SearchPage {
  sellers: FoundSeller[];
  has_more: boolean;
  warnings: string[];
}

/**
 * Sellers of a fetched search page. A block page throws `blocked`, and so nothing that is not a
 * result page ever counts as "no sellers".
 */
export function readSearchPage({ html, status, url }: FetchedPage): SearchPage {
  const { document } = parseHTML(html.trim() === '' ? '<!doctype html><html></html>' : html);
  const page = readEbayPage(document, url);
  if (page.kind === 'blocked') throw new AppError('blocked', { details: { status } });
  throwForPage(status);
  if (page.kind !== 'search') throw new AppError('parse_error', { details: { reason: 'not_a_search_page' } });
  const sellers = page.sellers.map(({ name, feedback_percent, feedback_count }) => ({
    name,
    platform_id: null,
    feedback_percent,
    feedback_count,
    country: null,
  }));
  return {
    sellers,
    has_more: document.querySelector('a.pagination__next[href]:not([aria-disabled="true"])') !== null,
    // Some layouts of some marketplaces do so.
    warnings:
      sellers.length === 0 && findCards(document).length > 0 ? ['eBay’s page named no seller of its items.'] : [],
  };
}
