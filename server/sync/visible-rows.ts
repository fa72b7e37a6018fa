import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { isTerminal, runStatuses } from '#lib/domain/run.ts';
import type { TableName } from '#lib/tables/index.ts';
import type { Who } from '#server/http/app-env.ts';

const ended = runStatuses.filter(isTerminal);

/**
 * The condition under which a member sees a row `t` of the workspace. A run that has not ended, and
 * what is written about it, is seen by its creator and by holders of `runs.manage` alone.
 */
export function visibleRows(table: TableName, who: Pick<Who, 'userId' | 'permissions'>): RawBuilder<boolean> {
  if (who.permissions.includes('runs.manage')) return sql`true`;
  const ownOrEnded = sql`(r.created_by = ${who.userId} or r.status in (${sql.join(ended)}))`;
  switch (table) {
    case 'collection-runs':
      return sql`(t.created_by = ${who.userId} or t.status in (${sql.join(ended)}))`;
    case 'activity':
      return sql`(t.run_id is null or exists (
        select from collection_runs r where r.org_id = t.org_id and r.id = t.run_id and ${ownOrEnded}))`;
    case 'sellers':
      return sql`true`;
  }
}
