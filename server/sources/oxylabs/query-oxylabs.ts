import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { basicAuth, callProvider, parseJson, throwForStatus } from '../call-provider.ts';

export interface OxylabsOptions {
  /** Origin of the API, https://realtime.oxylabs.io unless configured. */
  url: string;
  username: string;
  password: string;
  /** The API answers when the page is there, which may take up to three minutes. */
  timeoutMs: number;
}

// A result page of 120 is about 3 MB, in JSON a little more.
const MAX_ANSWER_BYTES = 24 * 1024 * 1024;

/** What it fetched, and the status that the page itself had. */
export interface OxylabsResult<T> {
  content: T;
  status: number;
}

/** One query of Oxylabs' realtime API. Throws AppError with the codes of a source. */
export async function queryOxylabs<T>(
  options: OxylabsOptions,
  query: Readonly<Record<string, string | number | boolean>>,
  content: z.ZodType<T>,
  signal: AbortSignal,
): Promise<OxylabsResult<T>> {
  const answer = await callProvider({
    url: new URL('/v1/queries', options.url),
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: basicAuth(options.username, options.password),
    },
    body: JSON.stringify(query),
    timeoutMs: options.timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
    signal,
  });
  throwForStatus(answer);
  const schema = z.object({ results: z.array(z.object({ content, status_code: z.number().default(200) })).min(1) });
  const [first] = parseJson(answer.text, schema).results;
  if (!first) throw new AppError('parse_error', { details: { reason: 'unexpected_shape' } });
  return { content: first.content, status: first.status_code };
}

/** Throws for the status of the page that was fetched; the query itself went well. */
export function throwForPage(status: number): void {
  if (status === 200) return;
  if (status === 429) throw new AppError('rate_limited', { details: { retry_after_ms: 10_000 } });
  throw new AppError('http_error', { details: { status } });
}

export const missingOxylabs = (): AppError =>
  new AppError('auth', { details: { missing: ['OXYLABS_USERNAME', 'OXYLABS_PASSWORD'] } });
