import type { z } from 'zod';
import { errorBody } from '#lib/protocol/error.ts';

interface Answer {
  description: string;
  // The key is a plain string on purpose: handlers may then answer with a Response of their own, such
  // as JSON text that the database has made.
  content: Record<string, { schema: z.ZodType }>;
}

/** A JSON answer in the API's own description. */
export function jsonAnswer(schema: z.ZodType, description: string): Answer {
  return { description, content: { 'application/json': { schema } } };
}

/** What every route may answer besides its success. */
export const errorAnswers = {
  default: jsonAnswer(errorBody, 'An error: a code to branch on, a message for people, details.'),
};

/** A JSON body of a request. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}
