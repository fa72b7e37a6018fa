import { z } from 'zod';
import type { ServerEvent } from '#lib/protocol/events.ts';
import type { PullAnswer, PullColumns, PullPage } from '#lib/protocol/pull.ts';
import { COLUMNS_TYPE, pullAnswer, pullColumns } from '#lib/protocol/pull.ts';
import { type PushAnswer, type PushRequest, pushAnswer } from '#lib/protocol/push.ts';
import { ORG_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableName } from '#lib/tables/index.ts';
import { answerError, checkProtocol } from './answer-error.ts';
import { parseEvents } from './parse-events.ts';
import { readJson, readPieces, SILENCE_MS, withinSilence } from './read-body.ts';

export interface ApiOptions {
  /** Origin, no trailing slash. */
  server: string;
  token?: string | null;
  orgId?: string | null;
  fetch?: typeof globalThis.fetch;
  /** Longest silence before `timeout`, in milliseconds. */
  silenceMs?: number;
}

export interface ApiCall<S extends z.ZodType> {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with a slash; may carry a query. */
  path: string;
  body?: unknown;
  /** JSON when absent. */
  accept?: string;
  /** Of the answer; one without content (204) is null. */
  schema: S;
  signal?: AbortSignal | undefined;
}

/**
 * Typed calls of one server. Errors are AppErrors: the server's own code, or `unreachable`, `timeout`,
 * `invalid_answer`, `unauthorized`, `protocol_newer`, `protocol_older`, `http_error`.
 */
export interface Api {
  request<S extends z.ZodType>(call: ApiCall<S>): Promise<z.output<S>>;
  /**
   * One page of a table, tombstones included; by columns, or by rows from a server that knows no other form.
   * Its rows are not checked here: the page codec does.
   */
  pull(
    table: TableName,
    options: { cursor: string | null; limit: number; signal?: AbortSignal | undefined },
  ): Promise<PullPage>;
  push(request: PushRequest, signal?: AbortSignal): Promise<PushAnswer>;
  /**
   * Live hints until the server or `signal` ends them (then it returns or throws; whoever needs more asks
   * again). `onOpen` once the line stands: what happens from then on is told.
   */
  events(signal: AbortSignal, onOpen?: () => void): AsyncIterable<ServerEvent>;
}

const rawItems = z.custom<PullAnswer['items']>(
  (value) => Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null),
);
const rawColumns = z.custom<PullColumns['columns']>(
  (value) => typeof value === 'object' && value !== null && Object.values(value).every(Array.isArray),
);
const rawPullPage = z.union([
  z.object({ ...pullColumns.shape, columns: rawColumns }),
  z.object({ ...pullAnswer.shape, items: rawItems }),
]);
const COLUMNS_OR_ROWS = `${COLUMNS_TYPE}, application/json;q=0.9`;
/** A heartbeat comes every 15 s or so; three lost ones mean that the line is dead. */
const EVENTS_SILENCE_MS = 60_000;

export function createApi(options: ApiOptions): Api {
  const silenceMs = options.silenceMs ?? SILENCE_MS;

  async function open(call: Omit<ApiCall<z.ZodType>, 'schema'>, abort: AbortController): Promise<Response> {
    call.signal?.addEventListener('abort', () => abort.abort(), { once: true, signal: abort.signal });
    call.signal?.throwIfAborted();
    const response = await withinSilence(send(options, call, abort.signal), abort, silenceMs);
    checkProtocol(response);
    return response;
  }

  async function request<S extends z.ZodType>(call: ApiCall<S>): Promise<z.output<S>> {
    const abort = new AbortController();
    const response = await open(call, abort);
    if (!response.ok) throw answerError(response, await readJson(response, abort, silenceMs).catch(nothing));
    const body = response.status === 204 ? null : await readJson(response, abort, silenceMs);
    const parsed = call.schema.safeParse(body);
    if (!parsed.success) throw new AppError('invalid_answer', { details: { path: call.path }, cause: parsed.error });
    return parsed.data;
  }

  return {
    request,
    pull: (table, { cursor, limit, signal }) => {
      const query = new URLSearchParams({
        limit: String(limit),
        include_deleted: 'true',
        ...(cursor === null ? {} : { cursor }),
      });
      return request({ path: `/sync/${table}?${query}`, accept: COLUMNS_OR_ROWS, schema: rawPullPage, signal });
    },
    push: (body, signal) => request({ method: 'POST', path: '/sync/push', body, schema: pushAnswer, signal }),
    async *events(signal, onOpen) {
      const abort = new AbortController();
      const response = await open({ path: '/events', accept: 'text/event-stream', signal }, abort);
      if (!response.ok) throw answerError(response, await readJson(response, abort, silenceMs).catch(nothing));
      onOpen?.();
      yield* parseEvents(readPieces(response, abort, EVENTS_SILENCE_MS));
    },
  };
}

async function send(
  options: ApiOptions,
  call: Omit<ApiCall<z.ZodType>, 'schema'>,
  signal: AbortSignal,
): Promise<Response> {
  const headers = new Headers({
    accept: call.accept ?? 'application/json',
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  });
  if (options.token) headers.set('authorization', `Bearer ${options.token}`);
  if (options.orgId) headers.set(ORG_HEADER, options.orgId);
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const fetchNow = options.fetch ?? globalThis.fetch;
  try {
    return await fetchNow(options.server + call.path, {
      method: call.method ?? 'GET',
      headers,
      body,
      signal,
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (cause) {
    throw new AppError('unreachable', { cause });
  }
}

// An error without a readable body is told by its status alone.
function nothing(): null {
  return null;
}
