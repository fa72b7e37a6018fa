import { normalizeName } from '#lib/domain/seller.ts';
import { findCards } from './find-cards.ts';
import type { PageKind } from './page-kind.ts';
import { pageKind } from './page-kind.ts';
import type { SellerOnPage } from './read-card.ts';
import { readCard } from './read-card.ts';

export interface EbayPage {
  kind: PageKind;
  /** Distinct sellers, each as first seen, in page order. */
  sellers: SellerOnPage[];
  /** Every place where a seller is named, in page order. */
  occurrences: SellerOnPage[];
}

/**
 * Which page this is and which sellers its result cards name. `document` may be a browser's or any that
 * follows the DOM standard; `url` is the address the page was asked for at. Never throws.
 */
export function readEbayPage(document: Document, url: string): EbayPage {
  const kind = pageKind(document, url);
  if (kind !== 'search' && kind !== 'seller') return { kind, sellers: [], occurrences: [] };
  const occurrences = findCards(document)
    .map(readCard)
    .filter((seller) => seller !== null);
  const byName = new Map<string, SellerOnPage>();
  for (const seller of occurrences) {
    const key = normalizeName(seller.name);
    if (!byName.has(key)) byName.set(key, seller);
  }
  return { kind, sellers: [...byName.values()], occurrences };
}
