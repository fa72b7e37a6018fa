import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { errorCodes } from '#lib/shared/error-codes.ts';
import { errorFacts, type Log } from '#server/log.ts';
import type { AppContext } from './app-env.ts';

/** Anything thrown by a route as the API's error answer; what is not an AppError is logged. */
export function createErrorHandler(log: Log): (thrown: Error, context: AppContext) => Response {
  return (thrown, context) => {
    const error = fromThrown(thrown);
    const facts = () => ({ method: context.req.method, path: context.req.path, ...errorFacts(thrown) });
    if (error.code === 'internal') log('error', 'A request failed', facts());
    if (error.code === 'unavailable') log('warning', 'A request was put off', facts());
    return answerError(context, error);
  };
}

export function answerError(context: AppContext, error: AppError): Response {
  const { code, message, details } = error;
  const wait = details['retry_after_ms'];
  if (typeof wait === 'number') context.header('Retry-After', String(Math.ceil(wait / 1000)));
  return context.json({ error: { code, message, details } }, errorCodes[code].status as ContentfulStatusCode);
}

function fromThrown(thrown: Error): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof HTTPException) {
    if (thrown.status === 413) return new AppError('too_large');
    if (thrown.status < 500)
      return new AppError('invalid_request', { message: thrown.message || 'The body is not valid JSON.' });
  }
  return new AppError('internal', { cause: thrown });
}

/** `invalid_request` with the path of each problem. */
export function invalidRequest(error: z.ZodError): AppError {
  return new AppError('invalid_request', { details: { problems: problemsOf(error) } });
}

/** The problems that zod found, as paths such as `mutations.3.id` and a message each; at most 100. */
export function problemsOf(error: z.ZodError, under: readonly PropertyKey[] = []): { path: string; message: string }[] {
  return error.issues.slice(0, 100).flatMap((issue) => {
    const at = [...under, ...issue.path];
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...at, key]) : [at];
    return paths.map((path) => ({ path: path.map(String).join('.'), message: issue.message }));
  });
}
