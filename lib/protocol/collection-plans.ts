import { z } from 'zod';
import { runSettings } from '#lib/domain/run-settings.ts';

const name = z.string().trim().min(1).max(200);
const whatToCollect = {
  category_ids: z.array(z.string().max(100)).max(1000).optional(),
  product_source: z.string().max(64).optional(),
  seller_source: z.string().max(64).optional(),
  /** What is left out is filled from the workspace's default settings when it is saved. */
  settings: z.partialRecord(z.string(), z.unknown()).optional(),
};

/** Both sources are `catalogue` when left out. Without categories it suits runs over my list alone. */
export const presetRequest = z.strictObject({ name, ...whatToCollect });
/** A change of a preset: what is left out stays. */
export const presetChange = presetRequest.partial();
export type PresetRequest = z.infer<typeof presetRequest>;
export type PresetChange = z.infer<typeof presetChange>;

const saved = {
  id: z.uuid(),
  name: z.string(),
  category_ids: z.array(z.string()),
  product_source: z.string(),
  seller_source: z.string(),
  settings: runSettings,
  created_by: z.uuid(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

/** A named choice of what to collect and how, shared in the workspace. */
export const presetAnswer = z.object(saved);
export const presetsAnswer = z.object({ presets: z.array(presetAnswer) });
export type Preset = z.infer<typeof presetAnswer>;

/** `cron`: five fields, such as `0 3 1 * *`; `time_zone`: an IANA name, such as `Europe/Berlin`. */
export const scheduleRequest = z.strictObject({
  name,
  cron: z.string().trim().min(1).max(200),
  time_zone: z.string().min(1).max(100),
  active: z.boolean().optional(),
  ...whatToCollect,
});
/** A change of a schedule: what is left out stays. */
export const scheduleChange = scheduleRequest.partial();
export type ScheduleRequest = z.infer<typeof scheduleRequest>;
export type ScheduleChange = z.infer<typeof scheduleChange>;

/** A run that starts by itself again and again. */
export const scheduleAnswer = z.object({
  ...saved,
  cron: z.string(),
  time_zone: z.string(),
  active: z.boolean(),
  /** Null while it is not active, and when the cron expression has no further time. */
  next_run_at: z.iso.datetime().nullable(),
  /** Null as well while its last run is hidden from the one who asks. */
  last_run_id: z.uuid().nullable(),
  last_started_at: z.iso.datetime().nullable(),
  /** Why it made no run when it was last due, in words. */
  last_problem: z.string().nullable(),
});
export const schedulesAnswer = z.object({ schedules: z.array(scheduleAnswer) });
export type Schedule = z.infer<typeof scheduleAnswer>;
