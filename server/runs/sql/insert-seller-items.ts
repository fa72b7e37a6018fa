import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export interface SellerItem {
  id: string;
  name: string;
  /** Null for one that is passed over. */
  seller_id: string | null;
  is_new: boolean;
  skipped: boolean;
  data: Record<string, unknown>;
}

const PASSED_OVER = 'The seller was deleted for good, so runs pass the name over.';

/** Notes the sellers found in a run; returns the names that the run had not found before. */
export async function insertSellerItems(
  tx: Tx,
  run: { orgId: string; runId: string },
  items: readonly SellerItem[],
): Promise<Set<string>> {
  const inserted = await sql<{ name: string }>`
    insert into collection_items
      (org_id, run_id, id, type, status, external_id, seller_id, data, is_new, error_code, error_message, created_at,
       updated_at)
    select ${run.orgId}, ${run.runId}, id, 'ebay_seller', case when skipped then 'skipped' else 'completed' end,
      name, seller_id, data, is_new, case when skipped then 'never_again' end,
      case when skipped then ${PASSED_OVER} end, clock_timestamp(), clock_timestamp()
    from json_to_recordset(${JSON.stringify(items)}::json)
      as found (id uuid, name text, seller_id uuid, is_new boolean, skipped boolean, data jsonb)
    on conflict (org_id, run_id, type, external_id) do nothing
    returning external_id as name`.execute(tx);
  return new Set(inserted.rows.map((row) => row.name));
}
