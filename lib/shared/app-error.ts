import type { ErrorCode } from './error-codes.ts';
import { errorCodes } from './error-codes.ts';

/** Facts about an error that a program may branch on or a person may read; JSON values only. */
export type ErrorDetails = Record<string, unknown>;

/** The one error of the program. Branch on `code`, never on the message. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, options: { message?: string; details?: ErrorDetails; cause?: unknown } = {}) {
    super(options.message ?? errorCodes[code].words, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }
}
