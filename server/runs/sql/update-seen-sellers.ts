import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export interface SeenSeller {
  id: string;
  version: number;
  /** True the first time in this run: then the run counts as one more that saw the seller. */
  first_in_run: boolean;
  platform_id: string | null;
  feedback_percent: number | null;
  feedback_count: number | null;
}

/**
 * Writes what a run saw of sellers that are in the list. An observation that the page did not show
 * leaves the old one, and so does one older than what stands.
 */
export async function updateSeenSellers(
  tx: Tx,
  run: { orgId: string; runId: string },
  rows: readonly SeenSeller[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const stamp = at.getTime();
  await sql`
    update sellers set
      version = seen.version, updated_at = greatest(sellers.updated_at, ${at}),
      times_seen = sellers.times_seen + case when seen.first_in_run then 1 else 0 end,
      last_seen_run_id = ${run.runId},
      platform_id = coalesce(seen.platform_id, sellers.platform_id),
      feedback_percent = case when coalesce((field_stamps->>'feedback_percent')::bigint, 0) > ${stamp}
        then sellers.feedback_percent else coalesce(seen.feedback_percent, sellers.feedback_percent) end,
      feedback_count = case when coalesce((field_stamps->>'feedback_count')::bigint, 0) > ${stamp}
        then sellers.feedback_count else coalesce(seen.feedback_count, sellers.feedback_count) end,
      field_stamps = field_stamps
        || case when seen.feedback_percent is null then '{}'::jsonb else jsonb_build_object('feedback_percent',
             greatest(coalesce((field_stamps->>'feedback_percent')::bigint, 0), ${stamp}::bigint)) end
        || case when seen.feedback_count is null then '{}'::jsonb else jsonb_build_object('feedback_count',
             greatest(coalesce((field_stamps->>'feedback_count')::bigint, 0), ${stamp}::bigint)) end
    from json_to_recordset(${JSON.stringify(rows)}::json) as seen (
      id uuid, version bigint, first_in_run boolean, platform_id text, feedback_percent double precision,
      feedback_count integer)
    where sellers.org_id = ${run.orgId} and sellers.id = seen.id
      and sellers.id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx);
}
