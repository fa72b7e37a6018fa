import { sql } from 'kysely';
import { takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';

/**
 * Gives every entry of a run a new change number, with the counter locked: members who could not
 * see them while the run went on pull them now. Returns the highest number.
 */
export async function renumberActivity(tx: Tx, orgId: string, runId: string): Promise<number> {
  const count = await tx
    .selectFrom('activity')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  const first = await takeVersions(tx, orgId, Number(count.count));
  await sql`
    update activity set version = ${first}::bigint + numbered.place - 1
    from (select id, row_number() over (order by no) as place from activity
          where org_id = ${orgId} and run_id = ${runId}) as numbered
    where activity.org_id = ${orgId} and activity.id = numbered.id`.execute(tx);
  return first + Number(count.count) - 1;
}
