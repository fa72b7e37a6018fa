import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  sellerViewAnswer,
  sellerViewChange,
  sellerViewRequest,
  sellerViewsAnswer,
} from '#lib/protocol/seller-views.ts';
import type { Deps } from '#server/deps.ts';
import { errorAnswers, jsonAnswer, jsonBody } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';
import { createSellerView, deleteSellerView, listSellerViews, updateSellerView } from '#server/views/seller-views.ts';

const path = '/seller-views';
const tags = ['Sellers'];
const params = z.object({ id: z.uuid() });

const list = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'Saved views of the list of sellers',
  responses: { 200: jsonAnswer(sellerViewsAnswer, 'Views of the workspace, by name.'), ...errorAnswers },
});
const create = createRoute({
  method: 'post',
  path,
  tags,
  summary: 'Save a view',
  request: { body: jsonBody(sellerViewRequest) },
  responses: { 201: jsonAnswer(sellerViewAnswer, 'The view.'), ...errorAnswers },
});
const update = createRoute({
  method: 'put',
  path: `${path}/{id}`,
  tags,
  summary: 'Change a view; what is left out stays',
  request: { params, body: jsonBody(sellerViewChange) },
  responses: { 200: jsonAnswer(sellerViewAnswer, 'The view as it is now.'), ...errorAnswers },
});
const remove = createRoute({
  method: 'delete',
  path: `${path}/{id}`,
  tags,
  summary: 'Delete a view',
  request: { params },
  responses: { 204: { description: 'It is deleted.' }, ...errorAnswers },
});

/** Views of the list of sellers that are shared in a workspace. */
export function registerSellerViewRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (context) => context.json({ views: await listSellerViews(deps, context.get('who')) }, 200));
  app.openapi(create, async (context) =>
    context.json(await createSellerView(deps, context.get('who'), context.req.valid('json')), 201),
  );
  app.openapi(update, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await updateSellerView(deps, context.get('who'), id, context.req.valid('json')), 200);
  });
  app.openapi(remove, async (context) => {
    await deleteSellerView(deps, context.get('who'), context.req.valid('param').id);
    return context.body(null, 204);
  });
}
