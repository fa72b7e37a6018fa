import type { TableName } from '#lib/tables/index.ts';
import type { Tx } from '#server/db/in-org.ts';

/** The last change number committed in the workspace, and the one below which a table's tombstones may be gone. */
export async function readMarks(tx: Tx, orgId: string, table: TableName): Promise<{ version: number; floor: number }> {
  const rows = await tx
    .selectFrom('counters')
    .select(['name', 'value', 'purge_floor'])
    .where('org_id', '=', orgId)
    .where('name', 'in', ['version', table])
    .execute();
  const find = (name: string) => rows.find((row) => row.name === name);
  return { version: find('version')?.value ?? 0, floor: find(table)?.purge_floor ?? 0 };
}
