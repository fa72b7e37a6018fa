import type { CollectionRun } from '#lib/tables/collection-runs.ts';

/** Where a run comes from, kept in its checkpoint: the schedule that made it, the run that it repeats, the hash of a request with an id. */
export interface RunLinks {
  request?: string;
  schedule_id?: string;
  rerun_of?: string;
}

export function linksOf({ checkpoint }: Pick<CollectionRun, 'checkpoint'>): RunLinks {
  const { schedule_id, rerun_of } = checkpoint ?? {};
  return {
    ...(typeof schedule_id === 'string' && { schedule_id }),
    ...(typeof rerun_of === 'string' && { rerun_of }),
  };
}
