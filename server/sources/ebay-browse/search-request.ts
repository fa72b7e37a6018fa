import { findMarketplace } from '#lib/domain/marketplace.ts';
import { priceBand } from '#lib/domain/price-band.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { SellerQuery } from '../source.ts';

/** Results of a page; the most that the API gives. `offset` must be a multiple of it. */
export const RESULTS_PER_PAGE = 200;
const MAX_QUERY = 100;

type Query = Omit<SellerQuery, 'attempt' | 'signal'>;

/** Address of one page of `item_summary/search` with the run's filters; null when the title has no words. */
export function searchRequest(origin: string, query: Query): URL | null {
  const q = searchWords(query.title);
  if (q === '') return null;
  const url = new URL('/buy/browse/v1/item_summary/search', origin);
  url.searchParams.set('q', q);
  url.searchParams.set('filter', filtersOf(query).join(','));
  url.searchParams.set('limit', String(RESULTS_PER_PAGE));
  url.searchParams.set('offset', String((query.page - 1) * RESULTS_PER_PAGE));
  return url;
}

function filtersOf({ price_cents, currency, settings }: Query): string[] {
  const marketplace = findMarketplace(settings.marketplace);
  if (!marketplace) throw new AppError('invalid_request', { details: { marketplace: settings.marketplace } });
  const filters = ['buyingOptions:{FIXED_PRICE}'];
  if (settings.condition === 'new') filters.push('conditionIds:{1000}');
  if (settings.free_shipping) filters.push('maxDeliveryCost:0');
  if (settings.location !== null) filters.push(`itemLocationCountry:${settings.location}`);
  const band = priceBand({ price_cents, currency }, settings);
  if (band) {
    const [low, high] = [band.low_cents, band.high_cents].map((cents) => (cents / 100).toFixed(2));
    filters.push(`price:[${low}..${high}]`, `priceCurrency:${marketplace.currency}`);
  }
  return filters;
}

/**
 * The title as keywords: without the signs that the API gives a meaning (`*`, `(a, b)` for "or", `-` before
 * a word for "without") and what stands for a lost letter, and cut before the word that would be over 100 characters,
 * where it cuts itself.
 */
export function searchWords(title: string): string {
  const words = title
    .toWellFormed()
    .replace(/[*(),"\uFFFD]/gu, ' ')
    .split(/\s+/u);
  let text = '';
  for (const word of words.map((each) => each.replace(/^-+/u, ''))) {
    const longer = text === '' ? word : `${text} ${word}`;
    if (longer.length > MAX_QUERY) return text === '' ? cutWord(word) : text;
    if (word !== '') text = longer;
  }
  return text;
}

// Not through a surrogate pair: half of one cannot be sent.
function cutWord(word: string): string {
  return word.slice(0, MAX_QUERY).replace(/[\uD800-\uDBFF]$/u, '');
}
