import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';

const position = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a list by time and id goes on. It names a place, gives no right, and so needs no signature. */
export function encodeListCursor(at: Date, id: string): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');
}

/** Throws `invalid_cursor`. */
export function decodeListCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id };
  } catch (error) {
    throw new AppError('invalid_cursor', { cause: error });
  }
}
