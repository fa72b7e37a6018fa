import type { FoundSeller } from '../source.ts';
import { seededRandom } from './seeded-random.ts';
import { nameEnds, nameStarts } from './words.ts';

/** Sellers the catalogue knows. */
export const POOL_SIZE = 120_000;

// Coprime to the number of pairs, so that neighbours in rank do not share a word.
const STRIDE = 1_009;

// A prime above the number of rounds: one pair never gets a number twice, and neighbours get different ones.
const NUMBERS = 997;

/**
 * The seller of a rank (0 = the most common). Names are distinct by construction: a pair of words
 * and, after the first round over all pairs, a number.
 */
export function sellerOfRank(rank: number): FoundSeller {
  const pairs = nameStarts.length * nameEnds.length;
  const pair = (rank * STRIDE) % pairs;
  const round = Math.floor(rank / pairs);
  const random = seededRandom(`seller:${rank}`);
  const separator = ['', '_', '-', '.', ''][Math.floor(random() * 5)] ?? '';
  const number = round === 0 ? '' : `${random() < 0.3 ? '_' : ''}${2 + ((round * 7 + pair * 389) % NUMBERS)}`;
  const name = `${nameStarts[Math.floor(pair / nameEnds.length)]}${separator}${nameEnds[pair % nameEnds.length]}${number}`;
  return { name, platform_id: null, ...feedbackOfRank(rank, random), country: 'US' };
}

// Common sellers have six-figure counts; the tail is small, and some are beginners without any.
function feedbackOfRank(rank: number, random: () => number): Pick<FoundSeller, 'feedback_percent' | 'feedback_count'> {
  if (random() < 0.02) return { feedback_count: 0, feedback_percent: 0 };
  const count = Math.floor((900_000 / (rank + 3) ** 0.8) * Math.exp(2.4 * (random() - 0.5))) + 1;
  const percent = count < 20 && random() < 0.3 ? 80 + random() * 20 : 100 - random() ** 3 * 4;
  return { feedback_count: count, feedback_percent: Math.round(percent * 10) / 10 };
}
