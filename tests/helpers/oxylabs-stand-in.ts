import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const query = z.object({ source: z.literal('universal'), url: z.url(), geo_location: z.string() });

/** What the stand-in does with a query: an HTML page as eBay would answer, or something broken. */
export type StandInAnswer =
  | { html: string; status?: number }
  | { http: number; headers?: Record<string, string>; body?: string }
  | { silent: true };

export interface OxylabsStandIn {
  readonly url: string;
  /** Addresses asked for so far. */
  readonly asked: URL[];
  stop(): Promise<void>;
}

export const credentials = { username: 'user', password: 'pass:word' };

/** A server on this computer that answers as Oxylabs' realtime API is documented to. */
export async function startOxylabs(
  answer: (url: URL) => StandInAnswer | Promise<StandInAnswer>,
): Promise<OxylabsStandIn> {
  const asked: URL[] = [];
  const expected = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = { 'content-type': 'application/json' };
    if (request.method !== 'POST' || request.url !== '/v1/queries') return void response.writeHead(404).end();
    if (request.headers.authorization !== expected)
      return void response.writeHead(401, json).end('{"message":"Unauthorized"}');
    const parsed = query.safeParse(JSON.parse(await text(request)));
    if (!parsed.success)
      return void response.writeHead(400, json).end(JSON.stringify({ message: parsed.error.message }));
    const url = new URL(parsed.data.url);
    asked.push(url);
    const given = await answer(url);
    if ('silent' in given) return;
    if ('http' in given) return void response.writeHead(given.http, given.headers).end(given.body ?? '');
    const results = [{ content: given.html, status_code: given.status ?? 200, url: url.href, job_id: '1' }];
    response.writeHead(200, json).end(JSON.stringify({ results }));
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
