import { z } from 'zod';

/** What declarations use of zod, named one by one so that a bundle has these alone. */
export const zod = {
  array: z.array,
  boolean: z.boolean,
  enum: z.enum,
  int: z.int,
  int32: z.int32,
  literal: z.literal,
  number: z.number,
  object: z.object,
  record: z.record,
  strictObject: z.strictObject,
  string: z.string,
  unknown: z.unknown,
  uuid: z.uuid,
};

/**
 * Declarations import this type and are given the value by who checks with them: the query worker reads the same
 * declarations, and to load zod and make all schemas took longer than the rest of its start.
 */
export type Zod = typeof zod;
