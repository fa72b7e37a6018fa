import type { Category } from '../categories.ts';
import { findCategory } from '../categories.ts';
import type { FoundProduct } from '../source.ts';
import { pick, seededRandom } from './seeded-random.ts';
import { brands, kinds, qualities, variants } from './words.ts';

/** A best-seller list has a hundred places, shown in pages of ten. */
export const LIST_LENGTH = 100;
export const PAGE_SIZE = 10;

/** The product on a place (from 0) of a category's list. Some stand in several lists of a department. */
export function productAt(category: Category, place: number): FoundProduct {
  const department = findCategory(category.id)?.department;
  const shared = department !== undefined && seededRandom(`shared:${category.id}:${place}`)() < 0.06;
  const list = shared ? department : category;
  const at = shared ? place % 10 : place;
  const random = seededRandom(`product:${list.id}:${at}`);
  const title = `${pick(brands, random)} ${pick(qualities, random)} ${list.name} ${pick(kinds, random)}, ${pick(variants, random)}`;
  const price = Math.round(Math.exp(1.8 + random() * 3.4)) * 100 - 1;
  return {
    external_id: asin(random),
    title,
    price_cents: random() < 0.03 ? null : price,
    currency: 'USD',
    rank: place + 1,
  };
}

function asin(random: () => number): string {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return `B0${Array.from({ length: 8 }, () => letters[Math.floor(random() * letters.length)]).join('')}`;
}
