import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import { sellerPriceKey } from '#lib/domain/price-key.ts';
import {
  categoriesAnswer,
  collectionSettings,
  collectionSettingsChange,
  estimateAnswer,
  estimateRequest,
  sourcesAnswer,
} from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorAnswers, jsonAnswer, jsonBody } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';
import { changeCollectionSettings, loadCollectionSettings } from '#server/runs/collection-settings.ts';
import { estimateRequest as estimate } from '#server/plans/estimate-request.ts';
import { listCategories } from '#server/runs/list-categories.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import type { RunEngine } from '#server/runs/run-engine.ts';
import { defaultSource } from '#server/sources/default-source.ts';
import type { Source } from '#server/sources/source.ts';
import { registerPlanRoutes } from './collection-plans.ts';
import { registerRunRoutes } from './collection-runs.ts';

const get = (path: string, summary: string, answer: z.ZodType) =>
  createRoute({
    method: 'get',
    path,
    tags: ['Collection'],
    summary,
    responses: { 200: jsonAnswer(answer, summary), ...errorAnswers },
  });

const categories = get('/collection/categories', 'Departments and categories to collect from', categoriesAnswer);
const sources = get(
  '/collection/sources',
  'Where products and sellers come from, and what a call costs',
  sourcesAnswer,
);
const readSettings = get(
  '/collection/settings',
  'Budget, limits and default search settings of runs',
  collectionSettings,
);
const writeSettings = createRoute({
  method: 'put',
  path: '/collection/settings',
  tags: ['Collection'],
  summary: 'Set budget, limits and default search settings; runs that exist keep theirs',
  request: { body: jsonBody(collectionSettingsChange) },
  responses: { 200: jsonAnswer(collectionSettings, 'The settings as they are now.'), ...errorAnswers },
});
const estimateRoute = createRoute({
  method: 'post',
  path: '/collection/estimate',
  tags: ['Collection'],
  summary: 'What a run would cost at most, and what of its settings its sources cannot do',
  description:
    'Of the request for a run; of an ended run once more (`rerun_of`, `only`); of what a preset (`preset_id`) or a schedule (`schedule_id`) keeps.',
  request: { body: jsonBody(estimateRequest) },
  responses: {
    200: jsonAnswer(estimateAnswer, 'Calls, products and cost, and whether the cap allows them.'),
    ...errorAnswers,
  },
});

/** Everything under /collection. Without an engine, other processes work on the runs made here. */
export function registerCollectionRoutes(app: App, deps: RunDeps, engine?: RunEngine): void {
  app.openapi(categories, async (context) => {
    const { orgId } = context.get('who');
    return context.json(await inOrg(deps.db, orgId, (tx) => listCategories(tx, orgId)));
  });
  app.openapi(sources, async (context) => {
    const { orgId } = context.get('who');
    const { microusd_per_call: prices } = await inOrg(deps.db, orgId, (tx) => loadCollectionSettings(tx, orgId));
    const describe = (side: ReadonlyMap<string, Source>, priceKey = (id: string) => id) => {
      const first = defaultSource(side);
      return [...side.values()].map(({ id, name, configured }) => {
        return { id, name, configured, default: id === first, microusd_per_call: prices[priceKey(id)] ?? 0 };
      });
    };
    const { product, seller } = deps.sources;
    return context.json({ product: describe(product), seller: describe(seller, sellerPriceKey) });
  });
  app.openapi(estimateRoute, async (context) =>
    context.json(await estimate(deps, context.get('who'), context.req.valid('json'))),
  );
  app.openapi(readSettings, async (context) => {
    const { orgId } = context.get('who');
    return context.json(await inOrg(deps.db, orgId, (tx) => loadCollectionSettings(tx, orgId)));
  });
  app.openapi(writeSettings, async (context) => {
    const { orgId, permissions } = context.get('who');
    if (!permissions.includes('settings.manage')) throw new AppError('forbidden');
    const change = context.req.valid('json');
    const saved = await inOrg(deps.db, orgId, async (tx) => {
      await changeCollectionSettings(tx, orgId, change);
      return loadCollectionSettings(tx, orgId);
    });
    return context.json(saved);
  });
  registerRunRoutes(app, deps, engine);
  registerPlanRoutes(app, deps);
}
