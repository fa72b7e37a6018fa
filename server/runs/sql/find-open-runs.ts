import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export interface OpenRun {
  org_id: string;
  id: string;
  status: 'pending' | 'running' | 'paused';
  created_at: Date;
  /** A schedule has made it; while it is pending it waits for room. */
  scheduled: boolean;
  /** Paused because the provider's quota is used up: when it is renewed, if the provider has said so. */
  quota_resets_at: string | null;
}

/** Runs of all workspaces that have not ended, the oldest first; in a system transaction. */
export async function findOpenRuns(tx: Tx): Promise<OpenRun[]> {
  const { rows } = await sql<OpenRun>`
    select org_id, id, status, created_at, coalesce(checkpoint, '{}') ? 'schedule_id' as scheduled,
      case when status = 'paused' and pause_reason = 'quota' then checkpoint ->> 'quota_resets_at' end as quota_resets_at
    from collection_runs
    where status in ('pending', 'running', 'paused') order by created_at`.execute(tx);
  return rows;
}
