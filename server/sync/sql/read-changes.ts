import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import { rowJson } from '../row-json.ts';
import type { PageRequest, PageRow } from './page-request.ts';

/** Rows changed after `at`, in the order of their changes; `position` is the change number. */
export async function readChanges(
  tx: Tx,
  table: TableDeclaration,
  request: PageRequest,
  at: number,
  deleted: boolean,
): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    select t.version as position, ${rowJson(table)} as json
    from ${sql.table(table.sql)} t
    where t.org_id = ${request.orgId} and t.version > ${at} and ${request.visible}
      and ${deleted ? sql`true` : sql`t.deleted_at is null`}
    order by t.version
    limit ${request.limit}`.execute(tx);
  return rows;
}
