import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  activeRunAnswer,
  progressExtra,
  rerunRequest,
  runAnswer,
  runRequest,
  runsAnswer,
} from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorAnswers, jsonAnswer, jsonBody } from '#server/http/answer.ts';
import type { App, Who } from '#server/http/app-env.ts';
import { createRun } from '#server/runs/create-run.ts';
import { listItems, listItemsQuery, listRunSellers, listRunSellersQuery } from '#server/runs/list-items.ts';
import { findActiveRun, listRuns, listRunsQuery } from '#server/runs/list-runs.ts';
import { readProgress } from '#server/runs/read-progress.ts';
import { readResumeBody } from '#server/runs/read-resume-body.ts';
import { rerunRun } from '#server/runs/rerun-run.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import type { RunEngine } from '#server/runs/run-engine.ts';
import { loadVisibleRun } from '#server/runs/run-visibility.ts';
import { rowOfRun } from '#server/runs/run.ts';
import { runItem } from '#server/runs/run-item.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';

const params = z.object({ id: z.uuid() });
const base = { tags: ['Collection'] };
const answers = (schema: z.ZodType, text: string) => ({ 200: jsonAnswer(schema, text), ...errorAnswers });
const progressAnswer = z.intersection(runAnswer, progressExtra);
const itemsAnswer = z.object({ items: z.array(runItem), next_cursor: z.string().nullable() });
const sellersAnswer = z.object({ sellers: z.array(rowSchema(sellers)), next_cursor: z.string().nullable() });

const create = createRoute({
  ...base,
  method: 'post',
  path: '/collection/runs',
  summary: 'Start a run',
  description: 'With an `id` the same request again answers the same run; another request under it is a 409.',
  request: { body: jsonBody(runRequest) },
  responses: { 201: jsonAnswer(runAnswer, 'The run, started.'), ...errorAnswers },
});
const list = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs',
  summary: 'Runs, newest first',
  request: { query: listRunsQuery },
  responses: answers(runsAnswer, 'A page of runs.'),
});
const active = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs/active',
  summary: 'My run that is going on or paused',
  responses: answers(activeRunAnswer, 'The run, or null.'),
});
const read = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs/{id}',
  summary: 'One run',
  request: { params },
  responses: answers(runAnswer, 'The run.'),
});
const progress = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs/{id}/progress',
  summary: 'A run at this moment, and what its searches do',
  request: { params },
  responses: answers(progressAnswer, 'The run’s fields and more.'),
});
const items = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs/{id}/items',
  summary: 'Products and sellers of a run, or with `type=category` its categories',
  request: { params, query: listItemsQuery },
  responses: answers(itemsAnswer, 'A page of items.'),
});
const found = createRoute({
  ...base,
  method: 'get',
  path: '/collection/runs/{id}/sellers',
  summary: 'Sellers that a run found',
  request: { params, query: listRunSellersQuery },
  responses: answers(sellersAnswer, 'A page of sellers.'),
});
const steer = (action: 'pause' | 'cancel') =>
  createRoute({
    ...base,
    method: 'post',
    path: `/collection/runs/{id}/${action}`,
    summary: action === 'pause' ? 'Pause a run' : 'Cancel a run',
    request: { params },
    responses: answers(runAnswer, 'The run as it is now.'),
  });
const resume = createRoute({
  ...base,
  method: 'post',
  path: '/collection/runs/{id}/resume',
  summary: 'Resume a run',
  description: 'An optional JSON body `{budget_cap_cents}` raises the cap; it needs the right `settings.manage`.',
  request: { params },
  responses: answers(runAnswer, 'The run as it is now.'),
});
const rerun = createRoute({
  ...base,
  method: 'post',
  path: '/collection/runs/{id}/rerun',
  summary: 'Start an ended run once more, whole or with what failed',
  request: { params, body: jsonBody(rerunRequest) },
  responses: { 201: jsonAnswer(runAnswer, 'The new run, started.'), ...errorAnswers },
});

export function registerRunRoutes(app: App, deps: RunDeps, engine?: RunEngine): void {
  const inMine = <T>(who: Who, work: Parameters<typeof inOrg<T>>[2]): Promise<T> => inOrg(deps.db, who.orgId, work);

  app.openapi(create, async (context) => {
    const who = context.get('who');
    if (!who.permissions.includes('runs.start')) throw new AppError('forbidden');
    const run = await createRun(deps, who, context.req.valid('json'));
    engine?.wake();
    return context.json(run, 201);
  });
  app.openapi(rerun, async (context) => {
    const who = context.get('who');
    if (!who.permissions.includes('runs.start')) throw new AppError('forbidden');
    const run = await rerunRun(deps, who, context.req.valid('param').id, context.req.valid('json'));
    engine?.wake();
    return context.json(run, 201);
  });
  app.openapi(list, async (context) => {
    const who = context.get('who');
    return context.json(await inMine(who, (tx) => listRuns(tx, who, context.req.valid('query'))));
  });
  app.openapi(active, async (context) => {
    const who = context.get('who');
    return context.json({ run: await inMine(who, (tx) => findActiveRun(tx, who)) });
  });
  app.openapi(read, async (context) => {
    const who = context.get('who');
    const run = await inMine(who, (tx) => loadVisibleRun(tx, who, context.req.valid('param').id));
    return context.json(rowToWire(collectionRuns, rowOfRun(run)));
  });
  app.openapi(progress, async (context) => {
    const who = context.get('who');
    const { id } = context.req.valid('param');
    return context.json(
      await inMine(who, async (tx) => readProgress(tx, await loadVisibleRun(tx, who, id), deps.clock())),
    );
  });
  app.openapi(items, async (context) => {
    const who = context.get('who');
    const runId = context.req.valid('param').id;
    const query = context.req.valid('query');
    const page = await inMine(who, async (tx) => {
      await loadVisibleRun(tx, who, runId);
      return listItems(tx, { orgId: who.orgId, runId }, query);
    });
    return context.json(page);
  });
  app.openapi(found, async (context) => {
    const who = context.get('who');
    const runId = context.req.valid('param').id;
    const query = context.req.valid('query');
    const page = await inMine(who, async (tx) => {
      await loadVisibleRun(tx, who, runId);
      return listRunSellers(tx, { orgId: who.orgId, runId }, query);
    });
    return context.json(page);
  });
  app.openapi(steer('pause'), async (context) =>
    context.json(await steerRun(deps, engine, context.get('who'), context.req.valid('param').id, { to: 'paused' })),
  );
  app.openapi(steer('cancel'), async (context) =>
    context.json(await steerRun(deps, engine, context.get('who'), context.req.valid('param').id, { to: 'cancelled' })),
  );
  app.openapi(resume, async (context) => {
    const { budget_cap_cents: budgetCapCents } = readResumeBody(await context.req.text());
    const change = { to: 'running' as const, budgetCapCents };
    return context.json(await steerRun(deps, engine, context.get('who'), context.req.valid('param').id, change));
  });
}
