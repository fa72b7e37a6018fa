import { z } from 'zod';

export const PUSH_MAX_MUTATIONS = 1000;
export const PUSH_MAX_RECORD_IDS = 10_000;
export const PUSH_MAX_ROWS = 10_000;

/** Postgres writes them in lower case; an id is the same whatever the case it came in. */
const uuid = z.uuid().toLowerCase();
const isoTime = z.iso.datetime({ offset: true });

/**
 * One mutation on the wire. Only the envelope is checked here: table, op, data and the ids' number
 * are judged one by one, so that one bad mutation does not stop its neighbours.
 */
export const wireMutation = z.strictObject({
  id: uuid,
  table: z.string().max(64),
  op: z.string().max(64),
  record_ids: z.array(uuid).max(PUSH_MAX_RECORD_IDS).default([]),
  data: z.record(z.string(), z.unknown()).default({}),
  rows: z
    .array(z.strictObject({ id: uuid, data: z.record(z.string(), z.unknown()) }))
    .max(PUSH_MAX_ROWS)
    .optional(),
  base_version: z.int().nullable().optional(),
  edited_at: isoTime,
  seen_at: isoTime.nullable().optional(),
});
export type WireMutation = z.infer<typeof wireMutation>;

export const pushRequest = z.strictObject({
  client_id: uuid,
  sent_at: isoTime,
  mutations: z.array(wireMutation).max(PUSH_MAX_MUTATIONS),
});
export type PushRequest = z.infer<typeof pushRequest>;

export const pushRecord = z.object({ id: uuid, no: z.int(), version: z.int(), requested_id: uuid.optional() });

export const pushResult = z.object({
  id: uuid,
  status: z.enum(['applied', 'duplicate', 'conflict', 'rejected']),
  version: z.int().optional(),
  /** When the server took the edit to be made, the first time it was sent. */
  made_at: z.iso.datetime().optional(),
  records: z.array(pushRecord).default([]),
  missing: z.array(uuid).default([]),
  conflict: z.object({ server: z.record(z.string(), z.unknown()), fields: z.array(z.string()) }).optional(),
  error: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).default({}) })
    .optional(),
});
export type PushResult = z.infer<typeof pushResult>;

export const pushAnswer = z.object({ results: z.array(pushResult), server_time: z.iso.datetime() });
export type PushAnswer = z.infer<typeof pushAnswer>;
