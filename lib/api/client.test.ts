import { expect, it } from 'vitest';
import { z } from 'zod';
import { createApi } from './client.ts';

type Fetch = typeof globalThis.fetch;
const call = { path: '/thing', schema: z.object({ n: z.int() }) };

function apiOf(answer: (request: Request) => Response | Promise<Response>) {
  const fetch: Fetch = async (url, init) => answer(new Request(url, init));
  return createApi({ server: 'http://127.0.0.1:9', token: 'secret', orgId: 'org', fetch, silenceMs: 100 });
}

function stalled(pieces: string[], every: number, ends: boolean): Response {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = left.shift();
      if (piece === undefined) {
        if (ends) controller.close();
        else await new Promise(() => undefined);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, every));
      controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  return new Response(body);
}

it('says who asks, for which workspace and in which protocol', async () => {
  let seen: Headers | undefined;
  const api = apiOf(({ headers }) => {
    seen = headers;
    return Response.json({ n: 1 }, { headers: { 'x-sellerdex-protocol': '1' } });
  });
  expect(await api.request({ ...call, method: 'POST', body: {} })).toEqual({ n: 1 });
  expect(Object.fromEntries(seen ?? [])).toMatchObject({
    authorization: 'Bearer secret',
    'x-org-id': 'org',
    'x-sellerdex-protocol': '1',
    'content-type': 'application/json',
  });
});

it.each([
  ['2', 'protocol_newer'],
  ['0', 'protocol_older'],
])('refuses a server of protocol %s', async (protocol, code) => {
  const api = apiOf(() => Response.json({ n: 1 }, { headers: { 'x-sellerdex-protocol': protocol } }));
  await expect(api.request(call)).rejects.toMatchObject({ code });
});

it('gives up a server that answers nothing, and ends the call', async () => {
  let aborted = false;
  const fetch: Fetch = (_url, init) => {
    init?.signal?.addEventListener('abort', () => (aborted = true));
    return new Promise(() => undefined);
  };
  const api = createApi({ server: 'http://127.0.0.1:9', fetch, silenceMs: 100 });
  await expect(api.request(call)).rejects.toMatchObject({ code: 'timeout' });
  expect(aborted).toBe(true);
});

it('gives up a server that falls silent in the middle of an answer', async () => {
  await expect(apiOf(() => stalled(['{"n"'], 1, false)).request(call)).rejects.toMatchObject({ code: 'timeout' });
});

it('waits for a slow answer as long as it goes on', async () => {
  const pieces = '{"n":12345}'.split('');
  expect(await apiOf(() => stalled(pieces, 20, true)).request(call)).toEqual({ n: 12_345 });
});

it('tells a server that cannot be reached', async () => {
  const api = apiOf(() => Promise.reject(new TypeError('fetch failed')));
  await expect(api.request(call)).rejects.toMatchObject({ code: 'unreachable' });
});

const known = { error: { code: 'over_budget', message: 'Too dear', details: { cap: 5 } } };
const unknown = { error: { code: 'of_tomorrow', message: 'New', details: {} } };
it.each([
  ['a known code', 402, JSON.stringify(known), {}, 'over_budget', { cap: 5, status: 402 }],
  ['an unknown code', 418, JSON.stringify(unknown), {}, 'http_error', { code: 'of_tomorrow', status: 418 }],
  ['a bare 401', 401, '', {}, 'unauthorized', { status: 401 }],
  ['a bare 429', 429, 'slow', { 'retry-after': '7' }, 'too_many_requests', { retry_after_ms: 7000 }],
  ['a gateway’s page', 502, '<html>', {}, 'unavailable', { status: 502 }],
  ['some other page', 404, '<html>', {}, 'invalid_answer', { status: 404 }],
  ['a success that is no JSON', 200, '<html>', {}, 'invalid_answer', {}],
  ['a success of another form', 200, '{"n":"1"}', {}, 'invalid_answer', { path: '/thing' }],
])('maps %s', async (_what, status, body, headers, code, details) => {
  const api = apiOf(() => new Response(body, { status, headers }));
  await expect(api.request(call)).rejects.toMatchObject({ code, details });
});

const tail = { next_cursor: 'c', has_more: false, remaining: 0, server_time: '2026-01-01T00:00:00.000Z' };
it.each([
  ['by columns', { columns: { no: [2, 1], note: [null, 'x'] }, ...tail }],
  ['by rows, from a server that knows no columns', { items: [{ no: 2 }], ...tail }],
])('takes a page %s', async (_form, page) => {
  let accept: string | null = null;
  const api = apiOf(({ headers }) => {
    accept = headers.get('accept');
    return Response.json(page);
  });
  expect(await api.pull('sellers', { cursor: null, limit: 10 })).toEqual(page);
  expect(accept).toBe('application/vnd.sellerdex.columns+json, application/json;q=0.9');
});

it.each([
  ['neither rows nor columns', tail],
  ['columns that are no lists', { columns: { no: 'x' }, ...tail }],
  ['nothing for columns', { columns: null, ...tail }],
  ['no cursor', { columns: { no: [] }, ...tail, next_cursor: undefined }],
])('refuses a page with %s', async (_what, page) => {
  const api = apiOf(() => Response.json(page));
  await expect(api.pull('sellers', { cursor: null, limit: 10 })).rejects.toMatchObject({ code: 'invalid_answer' });
});
