import { z } from 'zod';
import type { PresetChange, PresetRequest, ScheduleChange, ScheduleRequest } from '#lib/protocol/collection-plans.ts';
import { presetAnswer, presetsAnswer, scheduleAnswer, schedulesAnswer } from '#lib/protocol/collection-plans.ts';
import type { Api } from './client.ts';

/** The workspace's presets, by name. */
export function listPresets(api: Api, signal?: AbortSignal) {
  return api.request({ path: '/collection/presets', schema: presetsAnswer, signal });
}

/** Errors: `name_taken`, `unknown_ids`, `invalid_request`. */
export function createPreset(api: Api, preset: PresetRequest) {
  return api.request({ method: 'POST', path: '/collection/presets', body: preset, schema: presetAnswer });
}

/** What is left out stays. Errors: as of `createPreset`, `not_found`, and `forbidden` for others than its creator and holders of `settings.manage`. */
export function updatePreset(api: Api, id: string, change: PresetChange) {
  return api.request({ method: 'PUT', path: `/collection/presets/${id}`, body: change, schema: presetAnswer });
}

/** Errors: `not_found`, `forbidden`. */
export function deletePreset(api: Api, id: string) {
  return api.request({ method: 'DELETE', path: `/collection/presets/${id}`, schema: z.null() });
}

/** The workspace's schedules, by name. */
export function listSchedules(api: Api, signal?: AbortSignal) {
  return api.request({ path: '/collection/schedules', schema: schedulesAnswer, signal });
}

/** Errors: `unknown_ids`; `invalid_request` with a problem at `cron` or `time_zone` that says what is wrong. */
export function createSchedule(api: Api, schedule: ScheduleRequest) {
  return api.request({ method: 'POST', path: '/collection/schedules', body: schedule, schema: scheduleAnswer });
}

/** What is left out stays. Errors: as of `createSchedule`, `not_found`, and `forbidden` for others than its creator and holders of `runs.manage`. */
export function updateSchedule(api: Api, id: string, change: ScheduleChange) {
  return api.request({ method: 'PUT', path: `/collection/schedules/${id}`, body: change, schema: scheduleAnswer });
}

/** Errors: `not_found`, `forbidden`. */
export function deleteSchedule(api: Api, id: string) {
  return api.request({ method: 'DELETE', path: `/collection/schedules/${id}`, schema: z.null() });
}
