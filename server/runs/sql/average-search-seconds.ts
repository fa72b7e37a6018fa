import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** So many of the last searches say how fast a run is now. */
const LAST = 50;

/**
 * How long the last products' searches took each, from their claim to their end by the database's clock,
 * waiting for the provider included; null when none has ended. A pause is no part of it: what is given
 * back is claimed anew.
 */
export async function averageSearchSeconds(tx: Tx, run: { orgId: string; runId: string }): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select avg(extract(epoch from updated_at - claimed_at))::double precision as seconds from (
      select updated_at, claimed_at from collection_items
      where org_id = ${run.orgId} and run_id = ${run.runId} and type = 'amazon_product'
        and status in ('completed', 'failed') and claimed_at is not null
      order by updated_at desc limit ${LAST}
    ) as last`.execute(tx);
  return rows[0]?.seconds ?? null;
}
