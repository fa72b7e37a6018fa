import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Write, WrittenRow } from './merge-rows.ts';

/** Turns live rows into tombstones. With `neverAgain`, runs skip the names, of tombstones among the ids too. */
export async function deleteRows(
  tx: Tx,
  { orgId, table, after, now }: Write,
  ids: readonly string[],
  neverAgain: boolean,
): Promise<WrittenRow[]> {
  const target = sql.table(table.sql);
  const { rows } = await sql<WrittenRow>`
    with target as (
      select id, deleted_at is null as live,
        sum(case when deleted_at is null then 1 else 0 end) over (order by no) as step
      from ${target}
      where org_id = ${orgId} and id = any(${ids}::uuid[])
    )
    update ${target} s set
      deleted_at = case when t.live then ${now} else s.deleted_at end,
      updated_at = case when t.live then ${now} else s.updated_at end,
      version = case when t.live then ${after}::bigint + t.step else s.version end,
      never_again = s.never_again or ${neverAgain}
    from target t where s.org_id = ${orgId} and s.id = t.id
    returning s.id, s.no, s.version, t.live as changed`.execute(tx);
  return rows;
}
