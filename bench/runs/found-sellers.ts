import type { FoundSeller, SellerSource } from '#server/sources/source.ts';
import { seededRandom } from '#server/sources/catalogue/seeded-random.ts';

/** Sellers on a page, and how many of them the list has, most searches find, and nobody has seen. */
export const SELLERS_PER_SEARCH = 60;
const KNOWN = 20;
const COMMON = 20;
const COMMON_POOL = 500;

/** What every search finds, made beforehand so that making it is not measured: distinct names within a page. */
export function makePages(searches: number, listed: readonly string[]): FoundSeller[][] {
  const random = seededRandom('found');
  return Array.from({ length: searches }, (_, search) => {
    const names = new Set<string>();
    while (names.size < Math.min(KNOWN, listed.length)) names.add(listed[Math.floor(random() * listed.length)] ?? '');
    while (names.size < KNOWN + COMMON) names.add(`common-seller-${Math.floor(random() * COMMON_POOL)}`);
    for (let at = 0; names.size < SELLERS_PER_SEARCH; at += 1) names.add(`fresh.seller_${search}-${at}`);
    return [...names].map((name) => ({
      name,
      platform_id: null,
      feedback_percent: 99.1,
      feedback_count: 100 + ((name.length * 37) % 5000),
      country: null,
    }));
  });
}

/** Answers each product's search in 0 ms; the product's title is the number of its page. */
export function instantSource(pages: readonly FoundSeller[][]): SellerSource {
  return {
    id: 'instant',
    name: 'Instant',
    configured: true,
    unsupported: () => [],
    search: ({ title }) => Promise.resolve({ sellers: pages[Number(title)] ?? [], has_more: false }),
  };
}
