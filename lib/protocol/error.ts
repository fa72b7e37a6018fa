import { z } from 'zod';

/** The body of every answer that is not a success. `code` may be one that this side does not know. */
export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).default({}) }),
});
export type ErrorBody = z.infer<typeof errorBody>;
