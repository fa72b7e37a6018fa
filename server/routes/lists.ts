import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import { listAnswer, listQuery, sellerListQuery } from '#lib/protocol/list.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { type TableName, tables } from '#lib/tables/index.ts';
import type { Deps } from '#server/deps.ts';
import { errorAnswers, jsonAnswer } from '#server/http/answer.ts';
import type { App, AppContext } from '#server/http/app-env.ts';
import { type ListRequest, listRows } from '#server/lists/list-rows.ts';

function listRoute<Query extends z.ZodObject>(name: TableName, query: Query) {
  const table: TableDeclaration = tables[name];
  return createRoute({
    method: 'get',
    path: `/${name}`,
    tags: ['Lists'],
    summary: `The live rows of ${name}, filtered, sorted, page by page`,
    description: `Sort columns: ${table.sort.columns.join(', ')}; without one, by ${table.sort.by} ${table.sort.order}.
\`search\` looks for a part of ${table.search.join(' or ')}.`,
    request: { query },
    responses: { 200: jsonAnswer(listAnswer, 'A page; next_cursor is null on the last.'), ...errorAnswers },
  });
}

/** Lists for users of the API. The extension itself syncs. */
export function registerListRoutes(app: App, deps: Deps): void {
  app.openapi(listRoute('sellers', sellerListQuery), (context) => {
    const { flagged, ...query } = context.req.valid('query');
    const equals: Record<string, boolean> = flagged === undefined ? {} : { flagged: flagged === 'true' };
    return answer(context, deps, 'sellers', query, equals);
  });
  for (const table of ['collection-runs', 'activity'] as const) {
    app.openapi(listRoute(table, listQuery), (context) => answer(context, deps, table, context.req.valid('query'), {}));
  }
}

async function answer(
  context: AppContext,
  deps: Deps,
  table: TableName,
  { search, sort, order, cursor, limit }: z.infer<typeof listQuery>,
  equals: ListRequest['equals'],
): Promise<Response> {
  const json = await listRows(deps, context.get('who'), { table, search, sort, order, cursor, limit, equals });
  return context.body(json, 200, { 'content-type': 'application/json' });
}
