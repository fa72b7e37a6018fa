import type { Tx } from '#server/db/in-org.ts';

/** How many searches of the run have failed one after the other, over all processes. */
export async function readFailureStreak(tx: Tx, run: { orgId: string; runId: string }): Promise<number> {
  const { failure_streak } = await tx
    .selectFrom('collection_runs')
    .select('failure_streak')
    .where('org_id', '=', run.orgId)
    .where('id', '=', run.runId)
    .executeTakeFirstOrThrow();
  return failure_streak;
}
