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

/**
 * Each id with its row, in the order given. Two things keep the look-ups by key under row security:
 * `coalesce` is worked out before the join, because Postgres lets no expression that might leak (it
 * counts coalesce as one) past a policy into an index; and `offset 0` keeps the planner from turning
 * the look-ups into a join with the whole table. 100,000 sellers, one id: 30 ms without, 0.2 with.
 */
export async function resolveRows(
  tx: Tx,
  orgId: string,
  table: TableDeclaration,
  rules: TableRules,
  ids: readonly string[],
): Promise<ResolvedRow[]> {
  const { rows } = await sql<ResolvedRow>`
    with wanted as materialized (
      select w.id as requested, w.position, coalesce(a.id, w.id) as id
      from unnest(${ids}::uuid[]) with ordinality w (id, position)
      left join lateral (
        select id from id_aliases where org_id = ${orgId} and table_name = ${table.name} and alias = w.id offset 0
      ) a on true
    )
    select w.requested, w.id, t.no, t.version, t.deleted_at is not null as deleted,
      ${sql.ref(`t.${rules.identity[1]}`)} as identity, ${sql.ref(`t.${rules.label}`)} as label,
      coalesce((t.field_stamps ->> ${rules.label})::bigint, 0) as label_stamp
    from wanted w
    left join lateral (
      select * from ${sql.table(table.sql)} where org_id = ${orgId} and id = w.id offset 0
    ) t on true
    order by w.position`.execute(tx);
  return rows;
}
