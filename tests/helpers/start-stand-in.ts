import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

/** An answer that no provider should give. */
export type BrokenAnswer = { http: number; headers?: Record<string, string>; body?: string } | { silent: true };

export interface StandIn {
  /** Its origin. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A provider on this computer that answers as told. */
export async function startStandIn(
  respond: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void,
): Promise<StandIn> {
  const server = createServer((request, response) => {
    const answering = (async () => respond(request, response))();
    answering.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Sends a broken answer; true when it was one. */
export function sendBroken<T extends object>(
  response: ServerResponse,
  answer: T | BrokenAnswer,
): answer is BrokenAnswer {
  if ('silent' in answer) return true;
  if (!('http' in answer)) return false;
  response.writeHead(answer.http, answer.headers).end(answer.body ?? '');
  return true;
}
