import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { readLimited } from '../read-limited.ts';
import { retryAfterMs } from '../retry-after.ts';

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
const DEFAULT_WAIT_MS = 10_000;

const answer = z.object({
  results: z.array(z.object({ content: z.string(), status_code: z.number().optional() })).min(1),
});

/** The page at `target` as Oxylabs fetched it. Throws AppError with the codes of a source. */
export async function queryOxylabs(
  options: OxylabsOptions,
  target: { url: string; geo_location: string },
  signal: AbortSignal,
): Promise<{ html: string; status: number }> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await fetch(new URL('/v1/queries', options.url), {
      method: 'POST',
      // Another host must never see the sign-in.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`,
      },
      body: JSON.stringify({ source: 'universal', ...target }),
      signal: AbortSignal.any([signal, timeout]),
    });
    throwForStatus(response);
    return readAnswer(await readLimited(response, MAX_ANSWER_BYTES));
  } catch (error) {
    if (error instanceof AppError || signal.aborted) throw error;
    if (timeout.aborted) throw new AppError('timeout', { cause: error });
    throw new AppError('http_error', { details: { reason: 'no_connection' }, cause: error });
  }
}

function throwForStatus(response: Response): void {
  const { status } = response;
  if (status === 200) return;
  if (status === 401 || status === 403) throw new AppError('auth', { details: { status } });
  if (status === 402) throw new AppError('quota', { details: { status } });
  if (status === 429) {
    const retry_after_ms = retryAfterMs(response.headers.get('retry-after'), DEFAULT_WAIT_MS);
    throw new AppError('rate_limited', { details: { retry_after_ms } });
  }
  throw new AppError('http_error', { details: { status } });
}

function readAnswer(text: string): { html: string; status: number } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('parse_error', { details: { reason: 'not_json' }, cause: error });
  }
  const parsed = answer.safeParse(json);
  const first = parsed.data?.results[0];
  if (!first) throw new AppError('parse_error', { details: { reason: 'unexpected_shape' } });
  return { html: first.content, status: first.status_code ?? 200 };
}
