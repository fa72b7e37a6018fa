import type { ProductQuery, ProductSource } from '#server/sources/source.ts';

/** A provider of best sellers that answers with these titles; `answer` may throw what a provider's client throws. */
export function scriptedProducts(answer: (query: ProductQuery) => readonly string[]): ProductSource {
  return {
    id: 'scripted',
    name: 'Scripted',
    configured: true,
    currency: null,
    pageSize: 50,
    bestSellers: (query) =>
      Promise.resolve().then(() => ({
        products: answer(query).map((title) => ({
          external_id: title,
          title,
          price_cents: null,
          currency: null,
          rank: null,
        })),
        has_more: false,
      })),
  };
}
