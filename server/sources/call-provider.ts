import type { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { readLimited } from './read-limited.ts';
import { retryAfterMs } from './retry-after.ts';

export interface ProviderRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  timeoutMs: number;
  /** A longer answer is not read to its end. */
  maxBytes: number;
  signal: AbortSignal;
}

export interface ProviderAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** What is read of an answer that is no success: enough for its error ids. */
const MAX_ERROR_BYTES = 64 * 1024;
const DEFAULT_WAIT_MS = 10_000;
/** A provider that wants longer than this to pass has nothing left to give for now. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * One request to a provider, and its answer whatever its status. Redirects are answers like any other:
 * another host must never see the sign-in. Throws `timeout`, `http_error` without a connection,
 * `parse_error` for an answer that is too long, and the signal's reason.
 */
export async function callProvider(request: ProviderRequest): Promise<ProviderAnswer> {
  const { url, method, headers, body, timeoutMs, maxBytes, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
      signal: AbortSignal.any([signal, timeout]),
    });
    const { status } = response;
    const text = await (status === 200 ? readLimited(response, maxBytes) : readStart(response));
    return { status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof AppError || signal.aborted) throw error;
    if (timeout.aborted) throw new AppError('timeout', { cause: error });
    throw new AppError('http_error', { details: { reason: 'no_connection' }, cause: error });
  }
}

/** Whatever can be had of an error's body: its status says what happened also without it. */
async function readStart(response: Response): Promise<string> {
  try {
    return await readLimited(response, MAX_ERROR_BYTES);
  } catch {
    return '';
  }
}

/** Throws what the status means: `auth`, `quota`, `rate_limited` with the time to wait, or `http_error`. To wait for over an hour is a quota that is used up until then. */
export function throwForStatus({ status, headers }: Pick<ProviderAnswer, 'status' | 'headers'>): void {
  if (status === 200) return;
  if (status === 401 || status === 403) throw new AppError('auth', { details: { status } });
  if (status === 402) throw new AppError('quota', { details: { status } });
  if (status === 429) {
    const retry_after_ms = retryAfterMs(headers.get('retry-after'), DEFAULT_WAIT_MS);
    if (retry_after_ms > LONGEST_WAIT_MS)
      throw new AppError('quota', { details: { status, resets_at: Date.now() + retry_after_ms } });
    throw new AppError('rate_limited', { details: { retry_after_ms } });
  }
  throw new AppError('http_error', { details: { status } });
}

/** JSON of the given shape; throws `parse_error`, which quotes nothing of the text: it may hold a token. */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AppError('parse_error', { details: { reason: 'not_json' } });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 5).map(({ path }) => path.join('.'));
  throw new AppError('parse_error', { details: { reason: 'unexpected_shape', paths } });
}

/** The value of a Basic `Authorization` header. */
export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
