import { sql } from 'kysely';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { visibleRows } from '#server/sync/visible-rows.ts';

/** Which of these runs the member does not see. */
export async function findHiddenRuns(tx: Tx, who: Who, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from collection_runs as t where org_id = ${who.orgId}
      and id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
      and not ${visibleRows(collectionRuns.name, who)}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
