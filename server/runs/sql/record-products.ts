import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { FoundProduct } from '#server/sources/source.ts';

/**
 * Adds products to search, in order after those there; one that the run already has is passed over.
 * Returns how many are new to the run.
 */
export async function recordProducts(
  tx: Tx,
  run: { orgId: string; runId: string },
  products: readonly FoundProduct[],
  categoryId: string | null,
): Promise<number> {
  const rows = products.map((product, at) => ({
    id: crypto.randomUUID(),
    at,
    external_id: product.external_id,
    data: {
      title: product.title,
      price_cents: product.price_cents,
      currency: product.currency,
      category_id: categoryId,
      rank: product.rank,
    },
  }));
  const inserted = await sql`
    insert into collection_items
      (org_id, run_id, id, type, status, external_id, data, position, created_at, updated_at)
    select ${run.orgId}, ${run.runId}, id, 'amazon_product', 'pending', external_id, data,
      (select coalesce(max(position), 0) from collection_items
       where org_id = ${run.orgId} and run_id = ${run.runId} and type = 'amazon_product') + 1 + at,
      clock_timestamp(), clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (id uuid, at int, external_id text, data jsonb)
    on conflict (org_id, run_id, type, external_id) do nothing
    returning id`.execute(tx);
  return inserted.rows.length;
}
