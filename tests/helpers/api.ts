import type { z } from 'zod';
import { signInAnswer } from '#lib/protocol/account.ts';
import { pullAnswer } from '#lib/protocol/pull.ts';
import type { PushRequest, PushResult } from '#lib/protocol/push.ts';
import { pushAnswer } from '#lib/protocol/push.ts';
import type { Columns, WireRow } from '#lib/tables/columns.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';

export interface Api {
  readonly token: string;
  /** The answer as it came, whatever its status. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** A successful answer of that shape; throws on any other. */
  get<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>>;
  post<S extends z.ZodType>(schema: S, path: string, body: unknown): Promise<z.output<S>>;
  push(mutations: readonly Partial<PushRequest['mutations'][number]>[]): Promise<PushResult[]>;
  /** Every live row of a table, as a fresh client would see it; `id` → wire row. */
  pullAll<T extends TableName>(table: T): Promise<Map<string, WireRow<(typeof tables)[T]['columns']>>>;
}

/** A signed-in client of the server that is not the extension. */
export async function api(server: { url: string; email: string; password: string }, orgId?: string): Promise<Api> {
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: server.email, password: server.password }),
  });
  const { token } = signInAnswer.parse(await signedIn.json());
  const headers = { authorization: `Bearer ${token}`, ...(orgId ? { 'x-org-id': orgId } : {}) };

  const send: Api['send'] = (method, path, body) =>
    fetch(server.url + path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const read = async <S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown) => {
    const answer = await send(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${await answer.text()}`);
    return schema.parse(await answer.json());
  };
  const clientId = crypto.randomUUID();

  return {
    token,
    send,
    get: (schema, path) => read(schema, 'GET', path),
    post: (schema, path, body) => read(schema, 'POST', path, body),
    push: async (mutations) => {
      const now = new Date().toISOString();
      const full = mutations.map((mutation) => ({ id: crypto.randomUUID(), edited_at: now, ...mutation }));
      const body = { client_id: clientId, sent_at: now, mutations: full };
      return (await read(pushAnswer, 'POST', '/sync/push', body)).results;
    },
    pullAll: async (table) => {
      const schema = rowSchema<Columns>(tables[table]);
      const rows = new Map();
      for (let cursor = ''; ;) {
        const page = await read(pullAnswer, 'GET', `/sync/${table}?include_deleted=true&limit=10000${cursor}`);
        for (const item of page.items) {
          const row = schema.parse(item);
          if (row.deleted_at === null) rows.set(row.id, row);
          else rows.delete(row.id);
        }
        if (!page.has_more) return rows;
        cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
      }
    },
  };
}
