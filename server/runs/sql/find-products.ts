import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { FoundProduct } from '#server/sources/source.ts';

/** Products of a run in their order: those whose search failed, or those that it was given and not found in a category. */
export async function findProducts(
  tx: Tx,
  run: { orgId: string; runId: string },
  which: 'failed' | 'given',
): Promise<FoundProduct[]> {
  const { rows } = await sql<FoundProduct>`
    select external_id, data->>'title' as title, (data->>'price_cents')::int as price_cents, data->>'currency' as currency,
      (data->>'rank')::int as rank
    from collection_items
    where org_id = ${run.orgId} and run_id = ${run.runId} and type = 'amazon_product'
      and ${which === 'failed' ? sql`status = 'failed'` : sql`data->>'category_id' is null`}
    order by position, id`.execute(tx);
  return rows;
}
