import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AppError } from '#lib/shared/app-error.ts';
import { brokenAnswers } from '#tests/helpers/broken-answers.ts';
import type { BrokenAnswer, StandIn } from '#tests/helpers/start-stand-in.ts';
import { sendBroken, startStandIn } from '#tests/helpers/start-stand-in.ts';
import { basicAuth, callProvider, parseJson, throwForStatus } from './call-provider.ts';

describe('calls of a provider', () => {
  let standIn: StandIn;
  let other: StandIn;
  let answer: BrokenAnswer;
  const seenElsewhere: unknown[] = [];
  beforeAll(async () => {
    standIn = await startStandIn((_, response) => void sendBroken(response, answer));
    other = await startStandIn((request, response) => {
      seenElsewhere.push(request.headers);
      response.end('{}');
    });
  });
  afterAll(async () => {
    await standIn.stop();
    await other.stop();
  });

  const call = (url = standIn.url, signal = new AbortController().signal, timeoutMs = 5000) =>
    callProvider({
      url: new URL('/thing', url),
      method: 'GET',
      headers: { authorization: basicAuth('me', 'my secret') },
      timeoutMs,
      maxBytes: 1024,
      signal,
    });
  const use = async () => {
    const given = await call(undefined, undefined, 'silent' in answer ? 300 : 30_000);
    throwForStatus(given);
    return parseJson(given.text, z.object({ results: z.array(z.string()) }));
  };

  it.each(brokenAnswers)('answers %s with an error of its own', async (_, given, error) => {
    answer = given;
    await expect(use()).rejects.toMatchObject(error);
  });

  it('never takes its sign-in to where a redirect leads', async () => {
    answer = { http: 307, headers: { location: `${other.url}/elsewhere` } };
    await expect(use()).rejects.toMatchObject({ code: 'http_error', details: { status: 307 } });
    expect(seenElsewhere).toEqual([]);
    await call(other.url);
    expect(seenElsewhere).toMatchObject([{ authorization: basicAuth('me', 'my secret') }]);
  });

  it('gives up on an answer that stops in its middle', async () => {
    const half = await startStandIn((_, response) => void response.writeHead(200).write('{"results":'));
    await expect(call(half.url, undefined, 300)).rejects.toMatchObject({ code: 'timeout' });
    await half.stop();
  });

  it('does not read on once an answer is too long', async () => {
    let sent = 0;
    const endless = await startStandIn(async (_, response) => {
      response.writeHead(200);
      // Ends when the client hangs up, and not before.
      while (!response.destroyed) {
        sent += 1;
        if (!response.write('x'.repeat(1000))) await setImmediate();
      }
    });
    await expect(call(endless.url)).rejects.toMatchObject({ code: 'parse_error', details: { reason: 'too_large' } });
    await endless.stop();
    expect(sent).toBeGreaterThan(1);
  });

  it('stops at once when told, with the reason', async () => {
    answer = { silent: true };
    const stop = new AbortController();
    const calling = call(undefined, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(calling).rejects.toThrow('cancelled');
    await expect(call(undefined, stop.signal)).rejects.toThrow('cancelled');
  });

  it('names no secret in an error, nor what a provider wrote', async () => {
    answer = { http: 200, body: '{"results":[my secret]}' };
    const wrong = await use().catch((error: unknown) => error);
    const away = await call('http://127.0.0.1:1').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'parse_error', details: { reason: 'not_json' } });
    expect(away).toMatchObject({ code: 'http_error', details: { reason: 'no_connection' } });
    expect(inspect([wrong, away], { depth: 10 })).not.toMatch(/secret|Basic/);
    answer = { http: 200, body: '{"results":[{"a":"my secret"}]}' };
    expect(await use().catch((error: unknown) => error)).toMatchObject({ details: { paths: ['results.0'] } });
  });
});

describe('a provider that asks to wait', () => {
  const answered = (retryAfter: string): unknown => {
    try {
      throwForStatus({ status: 429, headers: new Headers({ 'retry-after': retryAfter }) });
    } catch (error) {
      return error;
    }
    return null;
  };

  it('is waited for as long as it says, up to an hour', () => {
    for (const seconds of [5, 601, 3600])
      expect(answered(String(seconds))).toMatchObject({
        code: 'rate_limited',
        details: { retry_after_ms: seconds * 1000 },
      });
  });

  it('has no calls left until then when it says more', () => {
    const before = Date.now();
    for (const seconds of [3601, 86_400]) {
      const error = answered(String(seconds)) as AppError;
      expect([error.code, error.details['status']]).toEqual(['quota', 429]);
      const resetsAt = Number(error.details['resets_at']);
      expect(resetsAt).toBeGreaterThanOrEqual(before + seconds * 1000);
      expect(resetsAt).toBeLessThanOrEqual(Date.now() + seconds * 1000);
    }
    const endless = answered('9'.repeat(300)) as AppError;
    expect(Number.isNaN(new Date(Number(endless.details['resets_at'])).getTime())).toBe(false);
  });
});
