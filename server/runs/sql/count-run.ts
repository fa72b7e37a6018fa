import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** The figures of a run that follow from its units and items. */
export interface RunCounts {
  departments_completed: number;
  categories_completed: number;
  products_found: number;
  products_searched: number;
  total_items: number;
  processed_items: number;
  failed_items: number;
  sellers_found: number;
  sellers_new: number;
}

/** `skipped`: sellers found that were deleted for good, part of `sellers_found`. */
export async function countRun(tx: Tx, orgId: string, runId: string): Promise<{ counts: RunCounts; skipped: number }> {
  const { rows } = await sql<RunCounts & { skipped: number }>`
    select departments_completed, categories_completed, products_found, products_searched,
      products_found as total_items, processed_items, failed_items, sellers_found, sellers_new, skipped
    from (
      select count(*) filter (where type = 'amazon_product')::int as products_found,
        count(*) filter (where type = 'amazon_product' and status = 'completed')::int as products_searched,
        count(*) filter (where type = 'amazon_product' and status in ('completed', 'failed', 'skipped'))::int as processed_items,
        count(*) filter (where type = 'amazon_product' and status = 'failed')::int as failed_items,
        count(*) filter (where type = 'ebay_seller')::int as sellers_found,
        count(*) filter (where type = 'ebay_seller' and is_new)::int as sellers_new,
        count(*) filter (where type = 'ebay_seller' and status = 'skipped')::int as skipped
      from collection_items where org_id = ${orgId} and run_id = ${runId}
    ) as items, (
      select coalesce(sum(done), 0)::int as categories_completed,
        count(*) filter (where done = total)::int as departments_completed
      from (
        select count(*) as total, count(*) filter (where status in ('completed', 'failed', 'skipped')) as done
        from collection_run_categories where org_id = ${orgId} and run_id = ${runId} group by department_id
      ) as departments
    ) as categories`.execute(tx);
  if (!rows[0]) throw new Error('A count answers one row.');
  const { skipped, ...counts } = rows[0];
  return { counts, skipped };
}
