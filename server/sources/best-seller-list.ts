import type { FoundProduct } from './source.ts';

/** Amazon's lists of best sellers have a hundred places on two pages. */
export const PLACES_PER_PAGE = 50;
const PAGES = 2;

/**
 * One page of such a list as a run takes it: distinct products, no more than wanted over all pages.
 * A page counts as its fifty places, however many the provider leaves out, so that a run makes no more
 * calls than were estimated and takes no more products than were wanted.
 */
export function takePage(
  products: readonly FoundProduct[],
  { page, limit }: { page: number; limit: number },
): { products: FoundProduct[]; has_more: boolean } {
  const byId = new Map(products.map((product) => [product.external_id, product]));
  const left = Math.max(0, limit - (page - 1) * PLACES_PER_PAGE);
  return {
    products: [...byId.values()].slice(0, left),
    has_more: products.length > 0 && page < PAGES && page * PLACES_PER_PAGE < limit,
  };
}

/** Its place in the whole list, for a provider that counts from 1 again on each page. */
export function rankInList(place: number | null | undefined, page: number): number | null {
  if (typeof place !== 'number' || !Number.isInteger(place) || place < 1) return null;
  const before = (page - 1) * PLACES_PER_PAGE;
  return place <= before ? place + before : place;
}

const asin = /^[A-Z0-9]{10}$/;
const asinInLink = /\/(?:dp|gp\/product)\/([A-Z0-9]{10})(?:[/?]|$)/;

/** The product's ASIN, else the one in its link; null without either. */
export function asinOf(given: string | null | undefined, link: string | null | undefined): string | null {
  const id = given?.trim().toUpperCase() ?? '';
  return asin.test(id) ? id : (asinInLink.exec(link ?? '')?.[1] ?? null);
}

const MAX_TITLE = 500;

/** A title that can be searched for; null for none. */
export function titleOf(given: string | null | undefined): string | null {
  const title = given?.replace(/\s+/gu, ' ').trim().slice(0, MAX_TITLE) ?? '';
  return title === '' ? null : title;
}
