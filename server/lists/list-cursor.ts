import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { readToken, signToken } from '#server/sync/signed-token.ts';

/** The last row of a page: its value in the sort column, and its number to tell equals apart. */
export interface ListPosition {
  readonly value: string | number | boolean | null;
  readonly no: number;
}

const content = z.tuple([
  z.literal('list'),
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
  z.int(),
]);

/** `question`: everything that must be the same for the next page, workspace included. */
export function writeListCursor(secret: string, question: string, { value, no }: ListPosition): string {
  const token: z.infer<typeof content> = ['list', question, value, no];
  return signToken(token, secret);
}

/** Throws `invalid_cursor` for a token of another list, or that was changed. */
export function readListCursor(secret: string, question: string, cursor: string): ListPosition {
  const parsed = content.safeParse(readToken(cursor, secret));
  if (!parsed.success || parsed.data[1] !== question) throw new AppError('invalid_cursor');
  return { value: parsed.data[2], no: parsed.data[3] };
}
