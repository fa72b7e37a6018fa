import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';

export interface RowEdit {
  id: string;
  data: Readonly<Record<string, unknown>>;
}

export interface WrittenRow {
  id: string;
  no: number;
  version: number;
  /** Whether anything that clients see is different now. */
  changed: boolean;
}

export interface Write {
  readonly orgId: string;
  readonly table: TableDeclaration;
  /** Change numbers are taken from the one after this. */
  readonly after: number;
  readonly now: Date;
}

/**
 * Merges edits into live rows field by field: the later edit stands, by the time of the edit in epoch
 * milliseconds; a tie goes to the later arrival. Rows that stay the same keep their change number,
 * but the field remembers that it was set at that time.
 */
export async function mergeRows(
  tx: Tx,
  write: Write,
  edits: readonly RowEdit[],
  editedAt: number,
): Promise<WrittenRow[]> {
  if (edits.length === 0) return [];
  const { orgId, table, after, now } = write;
  const fields = [...new Set(edits.flatMap(({ data }) => Object.keys(data)))];
  const target = sql.table(table.sql);
  const assignments = fields.map((field) => sql`${sql.ref(field)} = (m.after).${sql.ref(field)}`);
  const { rows } = await sql<WrittenRow>`
    with edit as (
      select id, data from json_to_recordset(${JSON.stringify(edits)}::json) as e (id uuid, data jsonb)
    ), winning as (
      select t.id, t.no, t as before, coalesce((
        select jsonb_object_agg(f.key, f.value) from jsonb_each(edit.data) f
        where coalesce((t.field_stamps ->> f.key)::bigint, 0) <= ${editedAt}::bigint), '{}') as data
      from ${target} t join edit on edit.id = t.id
      where t.org_id = ${orgId} and t.deleted_at is null
    ), merged as (
      select id, no, before, data, jsonb_populate_record(before, data) as after from winning
    ), numbered as (
      select id, data, after, after is distinct from before as changed,
        sum(case when after is distinct from before then 1 else 0 end) over (order by no) as step
      from merged
    )
    update ${target} s set ${assignments.length === 0 ? sql`` : sql`${sql.join(assignments)},`}
      field_stamps = s.field_stamps || coalesce((
        select jsonb_object_agg(key, ${editedAt}::bigint) from jsonb_object_keys(m.data) key), '{}'),
      version = case when m.changed then ${after}::bigint + m.step else s.version end,
      updated_at = case when m.changed then ${now} else s.updated_at end
    from numbered m where s.org_id = ${orgId} and s.id = m.id
    returning s.id, s.no, s.version, m.changed`.execute(tx);
  return rows;
}
