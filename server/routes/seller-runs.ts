import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { sellerRunsAnswer } from '#lib/protocol/seller-runs.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import { errorAnswers, jsonAnswer } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';
import { listSellerRuns, listSellerRunsQuery } from '#server/runs/list-seller-runs.ts';

const list = createRoute({
  method: 'get',
  path: '/sellers/{id}/runs',
  tags: ['Sellers'],
  summary: 'Runs that saw a seller, the latest first',
  request: { params: z.object({ id: z.uuid() }), query: listSellerRunsQuery },
  responses: { 200: jsonAnswer(sellerRunsAnswer, 'A page; next_cursor is null on the last.'), ...errorAnswers },
});

export function registerSellerRunRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (context) => {
    const who = context.get('who');
    const { id } = context.req.valid('param');
    const query = context.req.valid('query');
    return context.json(await inOrg(deps.database.db, who.orgId, (tx) => listSellerRuns(tx, who, id, query)), 200);
  });
}
