import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  presetAnswer,
  presetChange,
  presetRequest,
  presetsAnswer,
  scheduleAnswer,
  scheduleChange,
  scheduleRequest,
  schedulesAnswer,
} from '#lib/protocol/collection-plans.ts';
import { errorAnswers, jsonAnswer, jsonBody } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';
import { createPreset, deletePreset, listPresets, updatePreset } from '#server/plans/presets.ts';
import { createSchedule, deleteSchedule, listSchedules, updateSchedule } from '#server/plans/schedules.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';

const params = z.object({ id: z.uuid() });

const collection = (path: string, things: string) => ({ path, tags: ['Collection'], summary: things });
const list = <S extends z.ZodType>(path: string, things: string, answer: S) =>
  createRoute({
    ...collection(path, things),
    method: 'get',
    responses: { 200: jsonAnswer(answer, `${things} of the workspace, by name.`), ...errorAnswers },
  });
const create = <S extends z.ZodType>(path: string, thing: string, request: S, answer: z.ZodType) =>
  createRoute({
    ...collection(path, `Save a ${thing}`),
    method: 'post',
    request: { body: jsonBody(request) },
    responses: { 201: jsonAnswer(answer, `The ${thing}.`), ...errorAnswers },
  });
const update = <S extends z.ZodType>(path: string, thing: string, request: S, answer: z.ZodType) =>
  createRoute({
    ...collection(`${path}/{id}`, `Change a ${thing}; what is left out stays`),
    method: 'put',
    request: { params, body: jsonBody(request) },
    responses: { 200: jsonAnswer(answer, `The ${thing} as it is now.`), ...errorAnswers },
  });
const remove = (path: string, thing: string) =>
  createRoute({
    ...collection(`${path}/{id}`, `Delete a ${thing}`),
    method: 'delete',
    request: { params },
    responses: { 204: { description: 'It is deleted.' }, ...errorAnswers },
  });

const presets = '/collection/presets';
const schedules = '/collection/schedules';
const allPresets = list(presets, 'Presets', presetsAnswer);
const newPreset = create(presets, 'preset', presetRequest, presetAnswer);
const changedPreset = update(presets, 'preset', presetChange, presetAnswer);
const presetGone = remove(presets, 'preset');
const allSchedules = list(schedules, 'Schedules', schedulesAnswer);
const newSchedule = create(schedules, 'schedule', scheduleRequest, scheduleAnswer);
const changedSchedule = update(schedules, 'schedule', scheduleChange, scheduleAnswer);
const scheduleGone = remove(schedules, 'schedule');

/** What is kept to be collected again: by hand (presets) and by itself (schedules). */
export function registerPlanRoutes(app: App, deps: RunDeps): void {
  app.openapi(allPresets, async (context) =>
    context.json({ presets: await listPresets(deps, context.get('who')) }, 200),
  );
  app.openapi(newPreset, async (context) =>
    context.json(await createPreset(deps, context.get('who'), context.req.valid('json')), 201),
  );
  app.openapi(changedPreset, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await updatePreset(deps, context.get('who'), id, context.req.valid('json')), 200);
  });
  app.openapi(presetGone, async (context) => {
    await deletePreset(deps, context.get('who'), context.req.valid('param').id);
    return context.body(null, 204);
  });
  app.openapi(allSchedules, async (context) =>
    context.json({ schedules: await listSchedules(deps, context.get('who')) }, 200),
  );
  app.openapi(newSchedule, async (context) =>
    context.json(await createSchedule(deps, context.get('who'), context.req.valid('json')), 201),
  );
  app.openapi(changedSchedule, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await updateSchedule(deps, context.get('who'), id, context.req.valid('json')), 200);
  });
  app.openapi(scheduleGone, async (context) => {
    await deleteSchedule(deps, context.get('who'), context.req.valid('param').id);
    return context.body(null, 204);
  });
}
