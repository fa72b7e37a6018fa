import { sql } from 'kysely';
import type { CategoriesAnswer } from '#lib/protocol/collection.ts';
import type { Tx } from '#server/db/in-org.ts';
import { departments } from '#server/sources/categories.ts';

/** All categories, each with the products that this workspace's latest run through it found. */
export async function listCategories(tx: Tx, orgId: string): Promise<CategoriesAnswer> {
  const { rows } = await sql<{ category_id: string; products_found: number }>`
    select distinct on (category_id) category_id, products_found from collection_run_categories
    where org_id = ${orgId} and status = 'completed'
    order by category_id, updated_at desc`.execute(tx);
  const counts = new Map(rows.map((row) => [row.category_id, row.products_found]));
  return {
    departments: departments.map(({ id, name, categories }) => ({
      id,
      name,
      categories: categories.map((category) => ({ ...category, last_product_count: counts.get(category.id) ?? null })),
    })),
  };
}
