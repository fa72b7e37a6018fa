import { z } from 'zod';

export const PULL_LIMIT_DEFAULT = 1000;
export const PULL_LIMIT_MAX = 10_000;

/** Asked for by `Accept`, a page comes column by column; whoever does not name it gets rows. */
export const COLUMNS_TYPE = 'application/vnd.sellerdex.columns+json';

export const pullQuery = z.strictObject({
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(PULL_LIMIT_MAX).default(PULL_LIMIT_DEFAULT),
  include_deleted: z.enum(['true', 'false']).default('false'),
});

const tail = {
  next_cursor: z.string(),
  has_more: z.boolean(),
  remaining: z.int(),
  server_time: z.iso.datetime(),
};

/** One page of a table. `items` are wire rows of that table; bulk readers check them by the page codec. */
export const pullAnswer = z.object({ items: z.array(z.record(z.string(), z.unknown())), ...tail });
export type PullAnswer = z.infer<typeof pullAnswer>;

/**
 * The same page by columns: `columns[name][at]` is what `items[at][name]` would be, except that times
 * are epoch milliseconds. Every column of the table is there, all of one length.
 */
export const pullColumns = z.object({ columns: z.record(z.string(), z.array(z.unknown())), ...tail });
export type PullColumns = z.infer<typeof pullColumns>;

export type PullPage = PullAnswer | PullColumns;
