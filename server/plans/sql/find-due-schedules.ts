import type { Tx } from '#server/db/in-org.ts';

export interface DueSchedule {
  org_id: string;
  id: string;
  next_run_at: Date | null;
}

/** Of all workspaces, the one due first in front; in a system transaction. */
export function findDueSchedules(tx: Tx, now: number): Promise<DueSchedule[]> {
  return tx
    .selectFrom('collection_schedules')
    .select(['org_id', 'id', 'next_run_at'])
    .where('active', '=', true)
    .where('next_run_at', '<=', new Date(now))
    .orderBy('next_run_at')
    .limit(100)
    .execute();
}
