import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { TableRules } from '../table-rules.ts';
import type { Write, WrittenRow } from './merge-rows.ts';

/** Brings tombstones back whose names nobody holds by now; of several with one name, the newest. */
export async function restoreRows(
  tx: Tx,
  { orgId, table, after, now }: Write,
  rules: TableRules,
  ids: readonly string[],
): Promise<WrittenRow[]> {
  const target = sql.table(table.sql);
  const [scope, name] = rules.identity.map((column) => sql.ref(column));
  const { rows } = await sql<WrittenRow>`
    with free as (
      select distinct on (t.${scope}, t.${name}) t.id, t.no
      from ${target} t
      where t.org_id = ${orgId} and t.id = any(${ids}::uuid[]) and t.deleted_at is not null and not exists (
        select from ${target} l
        where l.org_id = t.org_id and l.${scope} = t.${scope} and l.${name} = t.${name} and l.deleted_at is null)
      order by t.${scope}, t.${name}, t.no desc
    ), numbered as (
      select id, row_number() over (order by no) as step from free
    )
    update ${target} s set deleted_at = null, never_again = false, updated_at = ${now}, version = ${after}::bigint + n.step
    from numbered n where s.org_id = ${orgId} and s.id = n.id
    returning s.id, s.no, s.version, true as changed`.execute(tx);
  return rows;
}
