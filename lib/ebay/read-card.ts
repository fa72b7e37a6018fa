import { cleanName, nameProblem } from '#lib/domain/seller.ts';
import { loginFromLink } from './login-from-link.ts';
import type { Feedback } from './seller-line.ts';
import { readSellerLine } from './seller-line.ts';

/** A seller at one place of a page. */
export interface SellerOnPage {
  name: string;
  /** 0 to 100, or null when the page does not say. */
  feedback_percent: number | null;
  feedback_count: number | null;
  /** The element that ends the seller's line; a mark belongs at its end. */
  element: Element;
}

/**
 * Where a card names its seller: the card layout's second and third columns and footer (the first column
 * holds prices, and "Extra 10% off (2)" reads like feedback), the badge of top-rated sellers, the item layout's line.
 */
const LINES = [
  '.su-card-container__attributes__secondary .s-card__attribute-row',
  '.su-card-container__attributes__tertiary .s-card__attribute-row',
  '.s-card__program-badge-container--sellerOrStoreInfo',
  '.s-card__footer--row',
  '.s-item__seller-info-text',
].join(',');

const LINKS = 'a[href*="/usr/"],a[href*="_ssn="]';

/** The seller that a result card names, or null when it names none (galleries, authenticity-guaranteed items). */
export function readCard(card: Element): SellerOnPage | null {
  for (const line of card.querySelectorAll(LINES)) {
    const seller = readLine(line);
    if (seller !== null) return seller;
  }
  const link = card.querySelector(LINKS);
  const login = link === null ? null : loginFromLink(link.getAttribute('href') ?? '');
  return link === null || login === null ? null : sellerOnPage(login, null, link);
}

/** Name and feedback in neighbouring elements; else in one. In that order, since a name may itself read like a line. */
function readLine(line: Element): SellerOnPage | null {
  const parts = [...textElements(line), line].map((part) => ({ part, text: part.textContent ?? '' }));
  for (const [at, { part, text }] of parts.entries()) {
    const shown = parts[at - 1]?.text ?? '';
    const read = shown === '' || part === line ? null : readSellerLine(text);
    if (read?.name === '') return sellerOnPage(loginOfLine(line) ?? shown, read.feedback, part);
  }
  for (const { part, text } of parts) {
    const read = readSellerLine(text);
    if (read !== null && read.name !== '') return sellerOnPage(loginOfLine(line) ?? read.name, read.feedback, part);
  }
  return null;
}

/** The line's innermost elements with text, without those for screen readers alone. */
function textElements(line: Element): Element[] {
  return [...line.querySelectorAll('span,a')].filter(
    (element) =>
      element.firstElementChild === null && !element.classList.contains('clipped') && element.textContent !== '',
  );
}

function loginOfLine(line: Element): string | null {
  const link = line.querySelector(LINKS);
  return link === null ? null : loginFromLink(link.getAttribute('href') ?? '');
}

function sellerOnPage(shown: string, feedback: Feedback | null, element: Element): SellerOnPage | null {
  const name = cleanName(shown);
  if (nameProblem(name) !== null) return null;
  return { name, feedback_percent: feedback?.percent ?? null, feedback_count: feedback?.count ?? null, element };
}
