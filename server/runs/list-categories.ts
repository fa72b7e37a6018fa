import { sql } from 'kysely';
import type { CategoriesAnswer } from '#lib/protocol/collection.ts';
import { isTerminal, runStatuses } from '#lib/domain/run.ts';
import type { Tx } from '#server/db/in-org.ts';
import { departments } from '#server/sources/categories.ts';

const ended = runStatuses.filter(isTerminal);

/** All categories, each with the products that this workspace's latest ended run through it found; of others not all know. */
export async function listCategories(tx: Tx, orgId: string): Promise<CategoriesAnswer> {
  const { rows } = await sql<{ category_id: string; products_found: number }>`
    select distinct on (category_id) category_id, products_found from collection_run_categories as category
    where org_id = ${orgId} and status = 'completed' and exists (
      select from collection_runs as run
      where run.org_id = category.org_id and run.id = category.run_id and run.status in (${sql.join(ended)}))
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
