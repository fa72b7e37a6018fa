import type { App } from '#server/http/app-env.ts';

/** What becomes of one thing on the wire, a request or the answer to one. */
export type Fate = 'pass' | 'lose' | 'cut' | 'duplicate' | 'hang';

interface Call {
  readonly client: string;
  readonly url: string;
  readonly init: RequestInit;
  /** Null while the server has not been asked. */
  answer: { status: number; headers: Headers; body: string } | null;
  resolve(response: Response): void;
  reject(error: Error): void;
}

/** An answer as the server gave it, whether it arrived or not. */
export interface Served {
  readonly client: string;
  readonly url: string;
  readonly request: unknown;
  readonly status: number;
  readonly body: unknown;
}

/**
 * The network between browsers and the real server app. Nothing moves on it by itself: requests and
 * answers lie there in any number until one is picked and given its fate, which makes every order and
 * every loss possible.
 */
export interface Wire {
  fetchFor(client: string): typeof globalThis.fetch;
  /** Things on the wire, requests and answers. */
  readonly waiting: number;
  isAnswer(index: number): boolean;
  /** Whose request or answer lies at `index`. */
  clientAt(index: number): string | undefined;
  /** The fate of the thing at `index`. */
  move(index: number, fate: Fate): Promise<void>;
  /** Everything of this client is cut, as when its browser ends; without one, everything. */
  cut(client?: string): void;
}

export function createWire(app: App, onServed: (served: Served) => void): Wire {
  let calls: Call[] = [];

  const remove = (call: Call): void => {
    calls = calls.filter((other) => other !== call);
  };

  async function serve(call: Call): Promise<NonNullable<Call['answer']>> {
    const response = await app.request(call.url, call.init);
    const answer = { status: response.status, headers: response.headers, body: await response.text() };
    const request: unknown = typeof call.init.body === 'string' ? JSON.parse(call.init.body) : null;
    const { client, url } = call;
    onServed({ client, url, request, status: answer.status, body: JSON.parse(answer.body) });
    return answer;
  }

  async function moveRequest(call: Call, fate: Fate): Promise<void> {
    if (fate === 'lose' || fate === 'cut') return lose(call);
    // A copy that the network keeps, and delivers at any later time; nobody hears its answer.
    if (fate === 'duplicate') calls.push({ ...call, resolve: () => undefined, reject: () => undefined });
    call.answer = await serve(call);
  }

  function moveAnswer(call: Call, fate: Fate): void {
    if (fate === 'lose') return lose(call);
    remove(call);
    const { status, headers, body } = call.answer ?? { status: 500, headers: new Headers(), body: '' };
    call.resolve(new Response(fate === 'cut' ? brokenOff(body) : body, { status, headers }));
  }

  function lose(call: Call): void {
    remove(call);
    call.reject(new TypeError('Failed to fetch'));
  }

  return {
    fetchFor: (client) => (input, init) =>
      new Promise<Response>((resolve, reject) => {
        const url = input instanceof Request ? input.url : String(input);
        const call: Call = { client, url, init: { ...init, signal: null }, answer: null, resolve, reject };
        calls.push(call);
        init?.signal?.addEventListener('abort', () => {
          remove(call);
          reject(new DOMException('aborted', 'AbortError'));
        });
      }),
    get waiting() {
      return calls.length;
    },
    isAnswer: (index) => calls[index]?.answer != null,
    clientAt: (index) => calls[index]?.client,
    async move(index, fate) {
      const call = calls[index];
      if (call === undefined) return;
      // Whoever waits hears nothing more of it: the half-open line that only a timeout ends.
      if (fate === 'hang') remove(call);
      else if (call.answer === null) await moveRequest(call, fate);
      else moveAnswer(call, fate);
    },
    cut(client) {
      for (const call of calls) if (client === undefined || call.client === client) lose(call);
    },
  };
}

/** Half of the body, then the line breaks. */
function brokenOff(body: string): ReadableStream<Uint8Array> {
  const half = new TextEncoder().encode(body.slice(0, Math.floor(body.length / 2)));
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError('network error'));
      else controller.enqueue(half);
      sent = true;
    },
  });
}
