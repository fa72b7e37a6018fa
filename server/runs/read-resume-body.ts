import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { invalidRequest } from '#server/http/answer-error.ts';

const resumeBody = z.strictObject({ budget_cap_cents: z.int().min(0).max(100_000_000).optional() });

/** The body of a resume, which may be absent whatever its content type says. Throws `invalid_request`. */
export function readResumeBody(text: string): z.infer<typeof resumeBody> {
  if (text.trim() === '') return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid_request', { message: 'The body is not valid JSON.', cause: error });
  }
  const parsed = resumeBody.safeParse(json);
  if (!parsed.success) throw invalidRequest(parsed.error);
  return parsed.data;
}
