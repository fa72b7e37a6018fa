import { sql } from 'kysely';
import type { TableName } from '#lib/tables/index.ts';
import type { Tx } from '#server/db/in-org.ts';

export interface Marks {
  /** Which life of the database this is. */
  epoch: string;
  /** The last change number committed in the workspace. */
  version: number;
  /** The change number below which the table's tombstones may be gone. */
  floor: number;
}

export async function readMarks(tx: Tx, orgId: string, table: TableName): Promise<Marks> {
  const { rows } = await sql<Marks>`
    select e.id as epoch,
      coalesce((select value from counters where org_id = ${orgId} and name = 'version'), 0) as version,
      coalesce((select purge_floor from counters where org_id = ${orgId} and name = ${table}), 0) as floor
    from database_epoch e`.execute(tx);
  const [marks] = rows;
  if (marks === undefined) throw new Error('The database has no epoch.');
  return marks;
}
