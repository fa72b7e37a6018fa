import { findCategory } from '../categories.ts';

/** Amazon's own names of the departments, as the addresses of its best-seller pages have them. */
const departments: Readonly<Record<string, string>> = {
  appliances: 'appliances',
  'arts-crafts-sewing': 'arts-crafts',
  automotive: 'automotive',
  baby: 'baby-products',
  beauty: 'beauty',
  electronics: 'electronics',
  grocery: 'grocery',
  health: 'hpc',
  'home-kitchen': 'home-garden',
  industrial: 'industrial',
  office: 'office-products',
  'pet-supplies': 'pet-supplies',
  'sports-outdoors': 'sporting-goods',
  tools: 'hi',
  'toys-games': 'toys-and-games',
};

/** A category as this API wants it: the end of its address on amazon.com, “electronics/172541”. */
export function categoryPath(categoryId: string): string | null {
  const found = findCategory(categoryId);
  const department = found && departments[found.department.id];
  return found && department ? `${department}/${found.category.node_id}` : null;
}
