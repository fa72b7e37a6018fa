import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import { rowJson } from '../row-json.ts';
import type { PageRequest, PageRow } from './page-request.ts';

/** Live rows by descending row number, newest first; `position` is the row number. */
export async function readSnapshot(
  tx: Tx,
  table: TableDeclaration,
  request: PageRequest,
  below: number,
): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    select t.no as position, ${rowJson(table)} as json
    from ${sql.table(table.sql)} t
    where t.org_id = ${request.orgId} and t.deleted_at is null and ${request.visible}
      and t.no < ${below}
    order by t.no desc
    limit ${request.limit}`.execute(tx);
  return rows;
}
