import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What to do with one request before or instead of passing it on. */
export type Fault =
  | { kind: 'pass' }
  /** Passed on after `ms`. */
  | { kind: 'delay'; ms: number }
  /** The connection is cut before anything reaches the server. */
  | { kind: 'refuse' }
  /** The server does its work; its answer never arrives. */
  | { kind: 'drop_answer' }
  /** Answered here: the server never hears of it. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: unknown }
  /** The server's answer with these headers changed. */
  | { kind: 'headers'; headers: Record<string, string> };

export interface FaultProxy {
  readonly url: string;
  /** Decides for each request; replace it at any time. */
  decide: (request: { method: string; path: string }) => Fault;
  /** Requests seen, in order, as `METHOD /path`. */
  readonly seen: string[];
  close(): Promise<void>;
}

/** An HTTP proxy on loopback in front of `target` (an origin) that misbehaves as told. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const seen: string[] = [];
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? '/';
    const method = incoming.method ?? 'GET';
    seen.push(`${method} ${path.split('?')[0]}`);
    void handle(target, incoming, answer, proxy.decide({ method, path }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => ({ kind: 'pass' }),
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

const allowAnyone = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

async function handle(target: string, incoming: IncomingMessage, answer: ServerResponse, fault: Fault): Promise<void> {
  if (fault.kind === 'refuse') {
    incoming.socket.destroy();
    return;
  }
  if (fault.kind === 'answer') {
    incoming.resume();
    answer.writeHead(fault.status, { ...allowAnyone, 'content-type': 'application/json', ...fault.headers });
    answer.end(JSON.stringify(fault.body));
    return;
  }
  if (fault.kind === 'delay') await wait(fault.ms);
  const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers });
  onward.on('response', (received) => {
    if (fault.kind === 'drop_answer') {
      received.resume();
      received.on('end', () => incoming.socket.destroy());
      return;
    }
    answer.writeHead(received.statusCode ?? 502, {
      ...received.headers,
      ...(fault.kind === 'headers' ? fault.headers : {}),
    });
    received.pipe(answer);
  });
  onward.on('error', () => incoming.socket.destroy());
  answer.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
