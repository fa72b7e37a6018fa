import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Write, WrittenRow } from './merge-rows.ts';

/** Inserts whole rows, given as column values with times as ISO text. */
export async function insertRows(
  tx: Tx,
  { orgId, table }: Pick<Write, 'orgId' | 'table'>,
  rows: readonly Record<string, unknown>[],
): Promise<WrittenRow[]> {
  if (rows.length === 0) return [];
  const target = sql.table(table.sql);
  const values = rows.map((row) => ({ ...row, org_id: orgId }));
  const columns = sql.join([...new Set(values.flatMap((row) => Object.keys(row)))].map((name) => sql.ref(name)));
  const inserted = await sql<WrittenRow>`
    insert into ${target} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${target}, ${JSON.stringify(values)}::jsonb)
    returning id, no, version, true as changed`.execute(tx);
  return inserted.rows;
}
