import { errorBody } from '#lib/protocol/error.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { isErrorCode } from '#lib/shared/error-codes.ts';

/**
 * What an answer that is not a success means. A code that this program does not know becomes
 * `http_error` with `code` and `status` in its details; `Retry-After` becomes `retry_after_ms`.
 */
export function answerError(response: Response, body: unknown): AppError {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return statusError(response);
  const { code, message, details } = parsed.data.error;
  const all = { ...details, ...waiting(response), status: response.status };
  if (isErrorCode(code)) return new AppError(code, { message, details: all });
  return new AppError('http_error', { message, details: { ...all, code } });
}

/** Throws `protocol_newer` or `protocol_older` when the server says that it speaks another protocol. */
export function checkProtocol(response: Response): void {
  const version = Number(response.headers.get(PROTOCOL_HEADER) ?? PROTOCOL_VERSION);
  if (version === PROTOCOL_VERSION) return;
  throw new AppError(version > PROTOCOL_VERSION ? 'protocol_newer' : 'protocol_older', {
    details: { server: version },
  });
}

function statusError(response: Response): AppError {
  const details = { status: response.status, ...waiting(response) };
  if (response.status === 401) return new AppError('unauthorized', { details });
  if (response.status === 429) return new AppError('too_many_requests', { details });
  if (response.status >= 500) return new AppError('unavailable', { details });
  return new AppError('invalid_answer', { details });
}

function waiting(response: Response): { retry_after_ms?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? { retry_after_ms: seconds * 1000 } : {};
}
