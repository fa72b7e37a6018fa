import { z } from 'zod';
import { itemStatuses, listedTypes } from '#lib/domain/run.ts';

/** What a run worked on or found: a product, a seller, or a category. */
export const runItem = z.object({
  id: z.uuid(),
  type: z.enum(listedTypes),
  status: z.enum(itemStatuses),
  external_id: z.string(),
  data: z.record(z.string(), z.unknown()),
  is_new: z.boolean().nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  cost_cents: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type RunItem = z.infer<typeof runItem>;
