import { z } from 'zod';

export const PULL_LIMIT_DEFAULT = 1000;
export const PULL_LIMIT_MAX = 10_000;

export const pullQuery = z.strictObject({
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(PULL_LIMIT_MAX).default(PULL_LIMIT_DEFAULT),
  include_deleted: z.enum(['true', 'false']).default('false'),
});

/** One page of a table. `items` are wire rows of that table; bulk readers check them by the page codec. */
export const pullAnswer = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  next_cursor: z.string(),
  has_more: z.boolean(),
  remaining: z.int(),
  server_time: z.iso.datetime(),
});
export type PullAnswer = z.infer<typeof pullAnswer>;
