import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export interface NewSeller {
  id: string;
  no: number;
  version: number;
  display_name: string;
  normalized_name: string;
  platform_id: string | null;
  feedback_percent: number | null;
  feedback_count: number | null;
}

/** Adds sellers that the workspace does not have; the counter's row must be locked. */
export async function insertSellers(
  tx: Tx,
  run: { orgId: string; runId: string },
  rows: readonly NewSeller[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const stamp = at.getTime();
  await sql`
    insert into sellers
      (org_id, id, no, version, created_at, updated_at, platform, display_name, normalized_name, platform_id, flagged,
       source, times_seen, first_seen_run_id, last_seen_run_id, feedback_percent, feedback_count, field_stamps)
    select ${run.orgId}, id, no, version, ${at}, ${at}, 'ebay', display_name, normalized_name, platform_id, false,
      'run', 1, ${run.runId}, ${run.runId}, feedback_percent, feedback_count,
      jsonb_build_object('feedback_percent', ${stamp}::bigint, 'feedback_count', ${stamp}::bigint)
    from json_to_recordset(${JSON.stringify(rows)}::json) as found (
      id uuid, no bigint, version bigint, display_name text, normalized_name text, platform_id text,
      feedback_percent double precision, feedback_count integer)`.execute(tx);
}
