import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';

/** How many rows `t` of the workspace meet a condition. */
export async function countRows(
  tx: Tx,
  table: TableDeclaration,
  orgId: string,
  condition: RawBuilder<boolean>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table.sql)} t where t.org_id = ${orgId} and ${condition}`.execute(tx);
  return rows[0]?.count ?? 0;
}
