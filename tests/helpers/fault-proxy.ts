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
  /** The same, once that is over. */
  | { kind: 'hold'; until: Promise<void> }
  /** The server does its work; its answer never arrives. */
  | { kind: 'drop_answer' }
  /** The server does its work; its answer stops after so many bytes of the body (0: before its head), and the connection stays open. */
  | { kind: 'half_open'; after: number }
  /** The server does its work; the connection is cut after so many bytes of the answer's body. */
  | { kind: 'cut'; after: number }
  /** Answered here: the server never hears of it. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: unknown }
  /** The server's answer with these headers changed. */
  | { kind: 'headers'; headers: Record<string, string> };

/** One call of `/sync/push` that came in whole. */
export interface SeenPush {
  /** Ids of its mutations. */
  readonly ids: readonly string[];
  readonly fault: Fault['kind'];
  /** Calls of the same kind that were not over when it began. */
  readonly beside: number;
}

export interface FaultProxy {
  readonly url: string;
  /** Decides for each request; replace it at any time. */
  decide: (request: { method: string; path: string }) => Fault;
  /** Requests seen, in order, as `METHOD /path`. */
  readonly seen: string[];
  /** When each of `seen` came, epoch milliseconds. */
  readonly times: number[];
  readonly pushes: SeenPush[];
  close(): Promise<void>;
}

/** An HTTP proxy on loopback in front of `target` (an origin) that misbehaves as told. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const seen: string[] = [];
  const times: number[] = [];
  const pushes: SeenPush[] = [];
  let pushing = 0;
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? '/';
    const method = incoming.method ?? 'GET';
    seen.push(`${method} ${path.split('?')[0]}`);
    times.push(Date.now());
    const fault = proxy.decide({ method, path });
    const body = method === 'GET' ? null : readBody(incoming);
    if (path === '/sync/push' && body !== null) {
      const beside = pushing++;
      answer.once('close', () => pushing--);
      void body.then((bytes) => pushes.push({ ids: idsOf(bytes.toString('utf8')), fault: fault.kind, beside }));
    }
    void handle(target, { incoming, body }, answer, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => ({ kind: 'pass' }),
    seen,
    times,
    pushes,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  await new Promise((resolve) => incoming.once('close', resolve).once('end', resolve));
  return Buffer.concat(parts);
}

function idsOf(push: string): string[] {
  try {
    return (JSON.parse(push) as { mutations: { id: string }[] }).mutations.map(({ id }) => id);
  } catch {
    // Cut off on its way here.
    return [];
  }
}

const allowAnyone = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

async function handle(
  target: string,
  { incoming, body }: { incoming: IncomingMessage; body: Promise<Buffer> | null },
  answer: ServerResponse,
  fault: Fault,
): Promise<void> {
  if (fault.kind === 'hold') await fault.until;
  if (fault.kind === 'refuse' || fault.kind === 'hold') {
    incoming.socket.destroy();
    return;
  }
  if (fault.kind === 'answer') {
    answer.writeHead(fault.status, { ...allowAnyone, 'content-type': 'application/json', ...fault.headers });
    answer.end(JSON.stringify(fault.body));
    return;
  }
  if (fault.kind === 'delay') await wait(fault.ms);
  const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers });
  onward.on('response', (received) => giveBack(received, answer, fault));
  onward.on('error', () => incoming.socket.destroy());
  answer.on('close', () => onward.destroy());
  onward.end(await body);
}

function giveBack(received: IncomingMessage, answer: ServerResponse, fault: Fault): void {
  if (fault.kind === 'drop_answer') {
    received.resume();
    received.on('end', () => answer.destroy());
    return;
  }
  const head = () =>
    answer.writeHead(received.statusCode ?? 502, {
      ...received.headers,
      ...(fault.kind === 'headers' ? fault.headers : {}),
    });
  if (fault.kind !== 'half_open' && fault.kind !== 'cut') {
    head();
    received.pipe(answer);
    return;
  }
  if (fault.after > 0) head();
  let left = fault.after;
  received.on('data', (part: Buffer) => {
    if (left > 0) answer.write(part.subarray(0, left));
    left -= part.length;
  });
  if (fault.kind === 'cut') received.on('end', () => answer.destroy());
}
