import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import type { ProviderAnswer } from '../call-provider.ts';
import { throwForStatus } from '../call-provider.ts';

/** An error or warning as all of eBay's APIs tell it. */
export const ebayError = z.object({
  errorId: z.int().nullish(),
  message: z.string().max(2000).nullish(),
  longMessage: z.string().max(2000).nullish(),
});
const errorsShape = z.object({ errors: z.array(ebayError).min(1) });

/** "The request limit has been reached for the resource." */
const LIMIT_REACHED = 2001;

/**
 * Throws what an answer of the Browse API other than 200 means. A limit that is reached without a time to
 * wait is the day's, which ends at `dayEndsAt`.
 */
export function throwForEbay(answer: ProviderAnswer, dayEndsAt: number): void {
  if (answer.status === 200) return;
  const error = firstError(answer.text);
  if (answer.status === 429 && error?.errorId === LIMIT_REACHED && !answer.headers.has('retry-after'))
    throw new AppError('quota', { details: { status: 429, error_id: LIMIT_REACHED, resets_at: dayEndsAt } });
  try {
    throwForStatus(answer);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || !error) throw thrown;
    const message = error.longMessage ?? error.message;
    throw new AppError(thrown.code, {
      ...(thrown.code === 'http_error' && message && { message: `eBay answered: ${message}` }),
      details: { ...thrown.details, error_id: error.errorId ?? null },
    });
  }
}

function firstError(text: string): z.infer<typeof ebayError> | undefined {
  try {
    return errorsShape.safeParse(JSON.parse(text)).data?.errors[0];
  } catch {
    return undefined;
  }
}
