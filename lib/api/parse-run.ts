import type { z } from 'zod';
import { progressExtra } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { type CollectionRun, collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';

/** A run with what only `/progress` and events tell. Times of the run are epoch milliseconds. */
export interface LiveRun {
  run: CollectionRun;
  extra: z.infer<typeof progressExtra> | null;
  /** When `extra` was asked for; epoch milliseconds. */
  askedAt?: number;
}

/** The run in an answer that may carry other fields beside it. Throws `invalid_answer`. */
export function parseRun(body: unknown): LiveRun {
  if (typeof body !== 'object' || body === null) throw new AppError('invalid_answer');
  const fields = new Map<string, unknown>(Object.entries(body));
  const columns = collectionRuns.columnNames.map((name) => [name, fields.get(name)]);
  const extra = progressExtra.safeParse(body);
  return { run: rowFromWire(collectionRuns, Object.fromEntries(columns)), extra: extra.success ? extra.data : null };
}
