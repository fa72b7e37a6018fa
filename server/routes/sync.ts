import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { COLUMNS_TYPE, pullAnswer, pullColumns, pullQuery } from '#lib/protocol/pull.ts';
import { pushAnswer, pushRequest } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { isTableName, tableNames } from '#lib/tables/index.ts';
import type { Deps } from '#server/deps.ts';
import { errorAnswers, jsonAnswer, jsonBody } from '#server/http/answer.ts';
import { invalidRequest } from '#server/http/answer-error.ts';
import { quality } from '#server/http/accept.ts';
import type { App } from '#server/http/app-env.ts';
import { answerBody, chosenEncoding, createAnswerBody } from '#server/http/answer-body.ts';
import { pull } from '#server/sync/pull.ts';
import { push } from '#server/sync/push.ts';
import { readEnvelope } from '#server/sync/push-envelope.ts';

const page = jsonAnswer(pullAnswer, 'A page. Always with the cursor of the next one.');
page.content[COLUMNS_TYPE] = { schema: pullColumns };

const pullRoute = createRoute({
  method: 'get',
  path: '/sync/{table}',
  tags: ['Sync'],
  summary: 'One page of a table: a snapshot, then the changes since it began',
  description: `Tables: ${tableNames.join(', ')}. Without a cursor the snapshot begins: live rows, highest \`no\` first.
Then, by the same cursor, changes ascending by \`version\`; \`include_deleted=true\` adds deleted rows to these.
400 invalid_cursor and 410 cursor_expired mean: start again without a cursor.

Whoever names \`${COLUMNS_TYPE}\` in \`Accept\` gets the same page by columns, which is smaller:
\`columns[name][at]\` is what \`items[at][name]\` is for everybody else, except that times are epoch milliseconds.`,
  request: { params: z.object({ table: z.string() }), query: pullQuery },
  responses: { 200: page, ...errorAnswers },
});

// Described in full, but checked by readEnvelope: what is wrong inside one mutation is no 400.
const pushBody = z.unknown().openapi(z.toJSONSchema(pushRequest, { io: 'input', target: 'openapi-3.0' }) as object);

const pushRoute = createRoute({
  method: 'post',
  path: '/sync/push',
  tags: ['Sync'],
  summary: 'Apply mutations in order, each once',
  description: `Each mutation is judged by itself: whatever is wrong in one is its own \`rejected\` result.
The same mutation id again answers the first result as \`duplicate\`.`,
  request: { body: jsonBody(pushBody) },
  responses: { 200: jsonAnswer(pushAnswer, 'One result per mutation, in order.'), ...errorAnswers },
});

export function registerSyncRoutes(app: App, deps: Deps): void {
  app.openapi(pushRoute, async (context) => {
    const envelope = readEnvelope(context.req.valid('json'));
    if (!envelope.success) throw invalidRequest(envelope.error);
    return context.json(await push(deps, context.get('who'), envelope.data));
  });
  app.openapi(pullRoute, async (context) => {
    const { table } = context.req.valid('param');
    if (!isTableName(table)) throw new AppError('not_found');
    const { cursor, limit, include_deleted } = context.req.valid('query');
    const shape = prefersColumns(context.req.header('accept')) ? 'columns' : 'rows';
    const request = { table, cursor, limit, deleted: include_deleted === 'true', shape } as const;
    const encoding = chosenEncoding(context);
    const body = await pull(deps, context.get('who'), request, () => createAnswerBody(encoding));
    context.header('Vary', 'Accept', { append: true });
    return answerBody(context, await body.end(), shape === 'columns' ? COLUMNS_TYPE : 'application/json');
  });
}

// Named, and no less welcome than rows: the wildcards of other clients mean rows.
function prefersColumns(accept: string | undefined): boolean {
  const columns = quality(accept, COLUMNS_TYPE);
  return columns > 0 && columns >= quality(accept, 'application/json');
}
