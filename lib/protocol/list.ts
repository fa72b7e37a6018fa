import { z } from 'zod';

export const LIST_LIMIT_DEFAULT = 100;
export const LIST_LIMIT_MAX = 1000;

/** What every list for users of the API takes. `sort` is judged by the table: only its sort columns. */
export const listQuery = z.strictObject({
  search: z.string().max(200).optional(),
  sort: z.string().max(64).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
});
export const sellerListQuery = listQuery.extend({ flagged: z.enum(['true', 'false']).optional() });

/** One page of live rows; `next_cursor` is null on the last one. */
export const listAnswer = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  next_cursor: z.string().nullable(),
});
