import type { FoundSeller } from '../source.ts';
import { seededRandom } from './seeded-random.ts';
import { POOL_SIZE, sellerOfRank } from './seller-pool.ts';

/**
 * The sellers on one page of a search. Ranks fall off as in life: a third of the listings are by
 * sellers that every search shows, most by ones that only this kind of product has.
 */
export function searchResults(title: string, page: number): { sellers: FoundSeller[]; has_more: boolean } {
  const query = title.normalize('NFKC').toLowerCase();
  const pages = 2 + Math.floor(seededRandom(`pages:${query}`)() * 5);
  if (page > pages) return { sellers: [], has_more: false };
  const random = seededRandom(`search:${query}:${page}`);
  const niche = Math.floor(seededRandom(`niche:${query.split(' ').slice(2).join(' ')}`)() * POOL_SIZE);
  const listings = 20 + Math.floor(random() * 25);
  const ranks = new Set<number>();
  for (let at = 0; at < listings; at += 1) ranks.add(random() < 0.35 ? zipfRank(random) : nicheRank(niche, random));
  return { sellers: [...ranks].map(sellerOfRank), has_more: page < pages };
}

// Inverse of a 1/rank law over the whole pool.
function zipfRank(random: () => number): number {
  return Math.min(POOL_SIZE - 1, Math.floor(POOL_SIZE ** random()) - 1);
}

function nicheRank(start: number, random: () => number): number {
  return (start + Math.floor(random() ** 2 * 600)) % POOL_SIZE;
}
