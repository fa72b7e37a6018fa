import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import type { Clock } from '#server/clock.ts';
import { basicAuth, callProvider, parseJson, throwForStatus } from '../call-provider.ts';

export interface EbayKeys {
  /** Origin of the API, https://api.ebay.com unless configured. */
  url: string;
  clientId: string;
  clientSecret: string;
  timeoutMs: number;
}

export interface ApplicationToken {
  /** A token that is good for a while yet. Those who ask while one is fetched share it. */
  get(signal: AbortSignal): Promise<string>;
  /** This one was refused: the next is fetched. */
  forget(token: string): void;
}

/** A token is no longer used this long before it expires: a call may take its time. */
const MARGIN_MS = 120_000;
const MAX_ANSWER_BYTES = 64 * 1024;

// Its `token_type` reads "Application Access Token", not "Bearer".
const answerShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** eBay's token of the client-credentials grant, kept until shortly before it expires (it allows 1,000 a day). */
export function createApplicationToken(keys: EbayKeys, clock: Clock): ApplicationToken {
  let held: { token: string; until: number } | null = null;
  let fetching: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    const answer = await callProvider({
      url: new URL('/identity/v1/oauth2/token', keys.url),
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basicAuth(keys.clientId, keys.clientSecret),
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'https://api.ebay.com/oauth/api_scope',
      }).toString(),
      timeoutMs: keys.timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
      // One search that is cancelled must not take the token from the others.
      signal: new AbortController().signal,
    });
    // Wrong credentials answer 400 or 401, by what is wrong with them.
    if (answer.status === 400) throw new AppError('auth', { details: { status: 400 } });
    throwForStatus(answer);
    const { access_token: token, expires_in: seconds } = parseJson(answer.text, answerShape);
    held = { token, until: clock() + seconds * 1000 - Math.min(MARGIN_MS, seconds * 500) };
    return token;
  }

  return {
    get(signal) {
      if (held !== null && clock() < held.until) return Promise.resolve(held.token);
      fetching ??= fetchToken().finally(() => (fetching = null));
      return unlessAborted(fetching, signal);
    },
    forget(token) {
      if (held?.token === token) held = null;
    },
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
