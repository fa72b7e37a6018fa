import { derivedId } from '#lib/shared/derived-id.ts';

/** Targets of one outbox entry: the server holds its counter for as long as one mutation takes. */
export const MAX_TARGETS = 2000;

/** Id of the entry that holds a mutation's targets from `at` times 2,000 on. */
export function pieceId(id: string, at: number): string {
  return at === 0 ? id : derivedId(id, String(at));
}
