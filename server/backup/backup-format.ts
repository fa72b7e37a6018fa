import { z } from 'zod';

/**
 * A backup is a gzip stream of lines. The first says what it is, then come the rows of each table in
 * pieces, and the last counts them, so that one cut short is noticed:
 *
 *   {"format":"sellerdex-backup","version":1,"schema":5,"made_at":"…"}
 *   {"table":"user","count":2,"rows":[{…},{…}]}
 *   {"end":true,"counts":{"user":2,…}}
 *
 * Rows are JSON as the database writes and reads it. They are never parsed in between: a number or a
 * time that JavaScript holds less exactly would come back changed.
 */
export const backupHeader = z.strictObject({
  format: z.literal('sellerdex-backup'),
  version: z.literal(1),
  /** Number of the newest migration of the database. */
  schema: z.int().min(1),
  made_at: z.iso.datetime(),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const backupEnd = z.strictObject({ end: z.literal(true), counts: z.record(z.string(), z.int()) });

export interface RowsPiece {
  readonly table: string;
  readonly count: number;
  /** JSON array of the rows. */
  readonly rows: string;
}

export function writePiece({ table, count, rows }: RowsPiece): string {
  return `{"table":${JSON.stringify(table)},"count":${count},"rows":${rows}}`;
}

/** The piece that a line holds, or null when it holds something else. */
export function readPiece(line: string): RowsPiece | null {
  const start = /^\{"table":"(\w+)","count":(\d+),"rows":\[/.exec(line);
  if (start === null || !line.endsWith(']}')) return null;
  const [before, table = '', count] = start;
  return { table, count: Number(count), rows: line.slice(before.length - 1, -1) };
}
