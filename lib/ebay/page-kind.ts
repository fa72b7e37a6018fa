import { isBlockedPage } from './is-blocked-page.ts';

/**
 * `search`: a result list; `seller`: a seller's items, store, profile or feedback; `item`: one listing;
 * `blocked`: not the page asked for; `other`: anything else, an unknown structure at a known address included.
 */
export type PageKind = 'search' | 'item' | 'seller' | 'blocked' | 'other';

const RESULT_LIST = '.srp-results,#srp-river-results,.srp-main,li.s-card,li.s-item';

/** Which page this is, judged by its path and markup; the host does not matter. */
export function pageKind(document: Document, url: string): PageKind {
  if (isBlockedPage(document)) return 'blocked';
  if (!URL.canParse(url)) return 'other';
  const { pathname, searchParams } = new URL(url);
  if (/^\/(?:usr|str|fdbk)\//u.test(pathname)) return 'seller';
  if (/^\/(?:itm|p)\//u.test(pathname)) return 'item';
  if (!/^\/(?:sch|b|shop)\//u.test(pathname) || document.querySelector(RESULT_LIST) === null) return 'other';
  return searchParams.has('_ssn') || /^\/sch\/[^/]+\/m\.html$/u.test(pathname) ? 'seller' : 'search';
}
