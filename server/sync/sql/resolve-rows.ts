import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { TableRules } from '../table-rules.ts';

export interface ResolvedRow {
  /** As the client sent it. */
  requested: string;
  /** The row's own id: another where the client's was of a create that met an existing row. */
  id: string;
  /** null: there is no such row. */
  no: number | null;
  version: number;
  deleted: boolean;
  identity: string;
  label: string;
  /** Epoch milliseconds of the edit of the label that stands. */
  label_stamp: number;
}

/** Each id with its row, in the order given. */
export async function resolveRows(
  tx: Tx,
  orgId: string,
  table: TableDeclaration,
  rules: TableRules,
  ids: readonly string[],
): Promise<ResolvedRow[]> {
  const { rows } = await sql<ResolvedRow>`
    select w.id as requested, coalesce(a.id, w.id) as id, t.no, t.version, t.deleted_at is not null as deleted,
      ${sql.ref(`t.${rules.identity[1]}`)} as identity, ${sql.ref(`t.${rules.label}`)} as label,
      coalesce((t.field_stamps ->> ${rules.label})::bigint, 0) as label_stamp
    from unnest(${ids}::uuid[]) with ordinality w (id, position)
    left join id_aliases a on a.org_id = ${orgId} and a.table_name = ${table.name} and a.alias = w.id
    left join ${sql.table(table.sql)} t on t.org_id = ${orgId} and t.id = coalesce(a.id, w.id)
    order by w.position`.execute(tx);
  return rows;
}
