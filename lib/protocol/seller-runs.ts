import { z } from 'zod';
import { runStatuses } from '#lib/domain/run.ts';

const sellerRun = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(runStatuses),
  started_at: z.iso.datetime().nullable(),
  /** When the run first came upon the seller. */
  seen_at: z.iso.datetime(),
  /** Whether the run added the seller. */
  is_new: z.boolean(),
});
export type SellerRun = z.infer<typeof sellerRun>;

export const sellerRunsAnswer = z.object({ runs: z.array(sellerRun), next_cursor: z.string().nullable() });
export type SellerRunsAnswer = z.infer<typeof sellerRunsAnswer>;
