const CARD = 'li.s-card,li.s-item';

/**
 * Blocks whose cards are not results: placeholders that nobody sees, answers between the results, carousels.
 * `aria-hidden` alone says nothing: an open dialog hides the whole page that way.
 */
const NOT_RESULTS = '.s-clipped,.srp-river-answer,.carousel';

/** The result cards inside `root` (itself included), in page order: card layout (since 2025) and item layout (until 2025). */
export function findCards(root: Document | Element): Element[] {
  const cards = [...root.querySelectorAll(CARD)];
  if ('matches' in root && root.matches(CARD)) cards.unshift(root);
  return cards.filter((card) => card.getAttribute('aria-hidden') !== 'true' && card.closest(NOT_RESULTS) === null);
}
