import { sql, type RawBuilder } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import { rowJson } from '#server/sync/page-json.ts';
import type { ListPosition } from './list-cursor.ts';

export interface ListPageRequest {
  readonly orgId: string;
  readonly conditions: readonly RawBuilder<boolean>[];
  /** The column that is compared: of names, the normalized one. */
  readonly by: string;
  readonly order: 'asc' | 'desc';
  readonly after: ListPosition | null;
  readonly limit: number;
}

export interface ListRow extends ListPosition {
  json: string;
}

/** Live rows ordered by a column, equals by their number, nulls last in both orders. */
export async function readListPage(tx: Tx, table: TableDeclaration, request: ListPageRequest): Promise<ListRow[]> {
  const { orgId, conditions, by, order, after, limit } = request;
  const kind = table.columns[by]?.kind;
  // Byte order, so that the order does not depend on the database's locale.
  const column = kind === 'text' || kind === 'choice' ? sql`t.${sql.ref(by)} collate "C"` : sql`t.${sql.ref(by)}`;
  // Times are compared as the database's own text, which keeps every digit.
  const value = kind === 'time' ? sql`t.${sql.ref(by)}::text` : sql`t.${sql.ref(by)}`;
  const direction = order === 'asc' ? sql`asc` : sql`desc`;
  const { rows } = await sql<ListRow>`
    select t.no, ${value} as value, ${rowJson(table)} as json
    from ${sql.table(table.sql)} t
    where t.org_id = ${orgId} and t.deleted_at is null and ${sql.join(conditions, sql` and `)}
      and ${after === null ? sql`true` : beyond(column, order, after)}
    order by ${column} ${direction} nulls last, t.no ${direction}
    limit ${limit}`.execute(tx);
  return rows;
}

function beyond(column: RawBuilder<unknown>, order: 'asc' | 'desc', { value, no }: ListPosition): RawBuilder<boolean> {
  const after = order === 'asc' ? sql`>` : sql`<`;
  if (value === null) return sql`(${column} is null and t.no ${after} ${no})`;
  return sql`(${column} ${after} ${value} or (${column} = ${value} and t.no ${after} ${no}) or ${column} is null)`;
}
