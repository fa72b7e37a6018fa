import { toAppError } from '#lib/shared/to-app-error.ts';

/** What a person reads about anything that was thrown. */
export function errorWords(thrown: unknown): string {
  return toAppError(thrown).message;
}
