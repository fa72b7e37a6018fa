import { sql, type RawBuilder } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { type TableName, tables } from '#lib/tables/index.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { visibleRows } from '#server/sync/visible-rows.ts';
import { readListCursor, writeListCursor } from './list-cursor.ts';
import { readListPage } from './read-list-page.ts';

export interface ListRequest {
  readonly table: TableName;
  readonly search: string | undefined;
  readonly sort: string | undefined;
  readonly order: 'asc' | 'desc' | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
  /** Conditions on columns of `t` that the query names. */
  readonly equals: Readonly<Record<string, string | boolean>>;
}

/** One page of live rows as JSON text. Throws `invalid_sort` and `invalid_cursor`. */
export async function listRows({ database, settings }: Deps, who: Who, request: ListRequest): Promise<string> {
  const table: TableDeclaration = tables[request.table];
  const sort = request.sort ?? table.sort.by;
  if (!table.sort.columns.includes(sort)) {
    throw new AppError('invalid_sort', { details: { sort, allowed: table.sort.columns } });
  }
  const order = request.order ?? (request.sort === undefined ? table.sort.order : 'asc');
  const { search, equals, cursor, limit } = request;
  const by = table.sort.as?.[sort] ?? sort;
  const question = JSON.stringify([table.name, who.orgId, by, order, search ?? '', equals]);
  const after = cursor === undefined ? null : readListCursor(settings.cursorSecret, question, cursor);
  const conditions = [
    visibleRows(request.table, who),
    ...Object.entries(equals).map(([column, value]) => sql<boolean>`${sql.ref(`t.${column}`)} = ${value}`),
    ...(search === undefined || search === '' ? [] : [contains(table, search)]),
  ];
  const rows = await inOrg(database.db, who.orgId, (tx) =>
    readListPage(tx, table, { orgId: who.orgId, conditions, by, order, after, limit: limit + 1 }),
  );
  const hasMore = rows.length > limit;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = hasMore && last !== undefined ? writeListCursor(settings.cursorSecret, question, last) : null;
  return `{"items":[${shown.map(({ json }) => json).join(',')}],"next_cursor":${JSON.stringify(next)}}`;
}

function contains(table: TableDeclaration, search: string): RawBuilder<boolean> {
  const text = search.normalize('NFKC').toLowerCase();
  const parts = table.search.map((column) => sql`strpos(lower(${sql.ref(`t.${column}`)}), ${text}) > 0`);
  return sql`(${sql.join(parts, sql` or `)})`;
}
