import { z } from 'zod';

/** What `GET /events` tells. A hint only: whoever misses an event loses nothing by pulling. */
export const serverEvents = {
  change: z.object({ table: z.string(), version: z.int() }),
  run: z.record(z.string(), z.unknown()),
  sellers: z.object({ run_id: z.uuid(), items: z.array(z.record(z.string(), z.unknown())) }),
  activity: z.object({
    run_id: z.uuid(),
    slot: z.int().nullable(),
    text: z.string(),
    level: z.enum(['info', 'warning', 'error']),
    at: z.iso.datetime(),
  }),
  notice: z.object({ text: z.string() }),
} as const;

export type ServerEventName = keyof typeof serverEvents;
export type ServerEvent = {
  [K in ServerEventName]: { event: K; data: z.infer<(typeof serverEvents)[K]> };
}[ServerEventName];
